namespace Outrider.Testing.Time;

/// <summary>
/// A clock that stands still until <see cref="Advance"/>. Its timers fire on the thread that advances it, in the order of their times,
/// each at its own time. Its timestamps tick at 7 MHz, to show code that takes them for 100 ns.
/// </summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _elapsed;

    public FakeTime()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public FakeTime(DateTimeOffset start) => _start = start;

    public override long TimestampFrequency => 7_000_000;

    /// <summary>How many timers wait to fire.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _start + _elapsed;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return (long)(_elapsed.Ticks * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate)
            end = _elapsed + by;
        while (TakeNext(end) is { } timer)
            timer.Fire();
    }

    /// <summary>Ends when at least <paramref name="count"/> timers wait: somebody has begun to wait for the clock.</summary>
    public Task UntilTimersWaitAsync(int count)
    {
        lock (_gate)
        {
            if (_timers.Count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task;
        }
    }

    internal void Set(FakeTimer timer, TimeSpan due, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (due == Timeout.InfiniteTimeSpan)
                return;
            timer.DueAt = _elapsed + due;
            timer.Period = period;
            _timers.Add(timer);
            foreach (var (_, reached) in _waiters.Where(w => w.Count <= _timers.Count))
                reached.TrySetResult();
            _waiters.RemoveAll(w => w.Count <= _timers.Count);
        }
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    /// <summary>Takes the next timer due until then and moves the clock to it, or to the end when there is none.</summary>
    private FakeTimer? TakeNext(TimeSpan end)
    {
        lock (_gate)
        {
            if (_timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt) is not { } next)
            {
                _elapsed = end > _elapsed ? end : _elapsed;
                return null;
            }
            _elapsed = next.DueAt > _elapsed ? next.DueAt : _elapsed;
            if (next.Period > TimeSpan.Zero)
                next.DueAt += next.Period;
            else
                _timers.Remove(next);
            return next;
        }
    }
}
