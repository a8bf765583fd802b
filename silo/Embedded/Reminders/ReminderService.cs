using Microsoft.Extensions.Logging;
using Outrider.Silo.Embedded.Activations;
using Outrider.Storage.State;

namespace Outrider.Silo.Embedded.Reminders;

/// <summary>
/// Wakes grains when their reminders fall due. A reminder moves on in the store only after its grain has taken it: one that a crash
/// or a failure interrupts comes again.
/// </summary>
internal sealed class ReminderService : IDisposable
{
    /// <summary>When a delivery that failed is tried again, unless the next one is due before.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly EmbeddedHost _host;
    private readonly IReminderStore _store;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Grain, string Key, string Name), Reminder> _reminders = [];
    private readonly PriorityQueue<Reminder, DateTimeOffset> _due = new();
    private readonly ITimer _timer;

    public ReminderService(EmbeddedHost host, IReminderStore store)
    {
        _host = host;
        _store = store;
        _timer = Time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeProvider Time => _host.Options.Time;

    public int CallDeadline() => _host.Now + _host.CallSweeps();

    public bool IsCurrent(Reminder reminder)
    {
        lock (_gate)
            return _reminders.GetValueOrDefault(reminder.Id) == reminder;
    }

    /// <summary>Takes up what the store holds. Reminders that fell due meanwhile are delivered once.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var stored in await _store.ReadAllAsync(cancellation))
        {
            if (_host.FindKind(stored.Grain) is { } kind)
                Track(new Reminder(kind, stored));
            else
                _host.Log.LogWarning("The reminder {Name} of {Grain} {Key} has no grain in this program.", stored.Name, stored.Grain, stored.Key);
        }
    }

    public async Task SetAsync(GrainKind kind, StoredReminder stored)
    {
        await _store.SetAsync(stored, CancellationToken.None);
        Track(new Reminder(kind, stored));
    }

    public async Task CancelAsync(GrainKind kind, string key, string name)
    {
        await _store.CancelAsync(kind.Name, key, name, CancellationToken.None);
        lock (_gate)
            _reminders.Remove((kind.Name, key, name));
    }

    /// <summary>The grain took it: on to the first time after now that it is due.</summary>
    public async Task DeliveredAsync(Reminder reminder)
    {
        if (!IsCurrent(reminder))
            return;
        var stored = reminder.Stored;
        var missed = Math.Max(0, (Time.GetUtcNow() - stored.DueAt).Ticks / stored.Period.Ticks);
        reminder.Stored = stored with { DueAt = stored.DueAt + (missed + 1) * stored.Period };
        try
        {
            await _store.SetAsync(reminder.Stored, CancellationToken.None);
        }
        catch (Exception e)
        {
            _host.Log.LogError(e, "The reminder {Id} was delivered, but that isn't saved: after a restart it comes again.", reminder.Id);
        }
        Schedule(reminder, reminder.Stored.DueAt);
    }

    public void Failed(Reminder reminder, Exception reason)
    {
        if (_host.IsDown)
            return;
        var wait = reminder.Stored.Period < RetryAfter ? reminder.Stored.Period : RetryAfter;
        _host.Log.LogError(reason, "The reminder {Id} was not delivered; it is tried again in {Wait}.", reminder.Id, wait);
        Schedule(reminder, Time.GetUtcNow() + wait);
    }

    public void Dispose() => _timer.Dispose();

    private void Track(Reminder reminder)
    {
        lock (_gate)
            _reminders[reminder.Id] = reminder;
        Schedule(reminder, reminder.Stored.DueAt);
    }

    private void Schedule(Reminder reminder, DateTimeOffset due)
    {
        lock (_gate)
        {
            _due.Enqueue(reminder, due);
            ForgetReplacedNeedsLock();
            ArmNeedsLock();
        }
    }

    private void OnTimer()
    {
        var due = new List<Reminder>();
        lock (_gate)
        {
            while (_due.TryPeek(out var reminder, out var at) && at <= Time.GetUtcNow())
            {
                _due.Dequeue();
                if (_reminders.GetValueOrDefault(reminder.Id) == reminder)
                    due.Add(reminder);
            }
            ArmNeedsLock();
        }
        foreach (var reminder in due)
        {
            Activation? found = null;
            reminder.Kind.Send(reminder.Stored.Key, new ReminderTurn(this, reminder), ref found, bounded: false);
        }
    }

    /// <summary>A grain may set a reminder anew many times before it is due: the queue holds about as many entries as there are reminders.</summary>
    private void ForgetReplacedNeedsLock()
    {
        if (_due.Count < 2 * _reminders.Count + 64)
            return;
        var kept = _due.UnorderedItems.Where(entry => _reminders.GetValueOrDefault(entry.Element.Id) == entry.Element).ToList();
        _due.Clear();
        _due.EnqueueRange(kept);
    }

    private void ArmNeedsLock()
    {
        if (_due.TryPeek(out _, out var at))
        {
            var wait = at - Time.GetUtcNow();
            // A timer takes at most 49 days; waking up early does no harm.
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
