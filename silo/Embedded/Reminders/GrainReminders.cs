using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Activations;
using Outrider.Storage.State;

namespace Outrider.Silo.Embedded.Reminders;

/// <inheritdoc/>
internal sealed class GrainReminders(Activation activation) : IReminders
{
    private static readonly TimeSpan MinPeriod = TimeSpan.FromMinutes(1);

    public Task SetAsync(string name, TimeSpan due, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, MinPeriod);
        var at = activation.Host.Options.Time.GetUtcNow() + due;
        return activation.Host.Reminders.SetAsync(
            activation.Kind, new StoredReminder(activation.Kind.Name, activation.Key, name, at, period));
    }

    public Task CancelAsync(string name) => activation.Host.Reminders.CancelAsync(activation.Kind, activation.Key, name);
}
