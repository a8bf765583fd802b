namespace Outrider.Storage.State;

/// <summary>Keeps reminders. Every change is durable when its call returns.</summary>
public interface IReminderStore
{
    ValueTask SetAsync(StoredReminder reminder, CancellationToken cancellation);

    ValueTask CancelAsync(string grain, string key, string name, CancellationToken cancellation);

    /// <summary>All reminders, for a host that starts.</summary>
    ValueTask<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellation);
}
