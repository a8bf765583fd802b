namespace Outrider.Testing.Time;

/// <summary>What happened, in order, and a way to wait for it. Safe for many threads.</summary>
public sealed class EventLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];
    private readonly List<(Func<IReadOnlyList<string>, bool> Condition, TaskCompletionSource Met)> _waiters = [];

    /// <summary>All events so far.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public void Record(string what)
    {
        lock (_gate)
        {
            _events.Add(what);
            foreach (var waiter in _waiters.Where(w => w.Condition(_events)).ToList())
            {
                _waiters.Remove(waiter);
                waiter.Met.SetResult();
            }
        }
    }

    /// <summary>How often an event happened.</summary>
    public int Count(string what) => Events.Count(e => e == what);

    /// <summary>Ends when <paramref name="what"/> has happened <paramref name="times"/> times.</summary>
    public Task UntilAsync(string what, int times = 1) =>
        UntilAsync(events => events.Count(e => e == what) >= times, $"'{what}' {times} times");

    private async Task UntilAsync(Func<IReadOnlyList<string>, bool> condition, string description)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition(_events))
                return;
            _waiters.Add((condition, met));
        }
        try
        {
            await met.Task.WaitAsync(TestTimeouts.Default);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited for {description}; happened: {string.Join(", ", Events)}");
        }
    }
}
