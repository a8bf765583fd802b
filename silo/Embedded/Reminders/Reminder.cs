using Outrider.Silo.Embedded.Activations;
using Outrider.Storage.State;

namespace Outrider.Silo.Embedded.Reminders;

/// <summary>A reminder of a running host. Replaced as a whole when it is set anew.</summary>
internal sealed class Reminder(GrainKind kind, StoredReminder stored)
{
    public GrainKind Kind => kind;

    /// <summary>As the store has it. Only the grain's own turns change it.</summary>
    public StoredReminder Stored { get; set; } = stored;

    public (string Grain, string Key, string Name) Id => (Stored.Grain, Stored.Key, Stored.Name);
}
