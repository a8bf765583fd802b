using System.Collections.Concurrent;
using Outrider.Storage.State;

namespace Outrider.Storage.InMemory;

/// <summary>Reminders that live as long as this object. For tests.</summary>
public sealed class InMemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(string Grain, string Key, string Name), StoredReminder> _reminders = [];

    public ValueTask SetAsync(StoredReminder reminder, CancellationToken cancellation)
    {
        _reminders[(reminder.Grain, reminder.Key, reminder.Name)] = reminder;
        return ValueTask.CompletedTask;
    }

    public ValueTask CancelAsync(string grain, string key, string name, CancellationToken cancellation)
    {
        _reminders.TryRemove((grain, key, name), out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellation) =>
        new(_reminders.Values.ToList());
}
