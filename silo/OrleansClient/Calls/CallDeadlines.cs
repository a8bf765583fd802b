namespace Outrider.Silo.OrleansClient.Calls;

/// <summary>
/// Ends calls that are overdue: one pass per second over all that wait, instead of a timer for each. A deadline comes up to a second late.
/// </summary>
internal sealed class CallDeadlines : IDisposable
{
    private const int Parts = 16;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    // Several, so that callers on different cores seldom wait for each other.
    private readonly Waiting[] _waiting = [.. Enumerable.Range(0, Parts).Select(_ => new Waiting())];
    private readonly ITimer _sweeping;

    public CallDeadlines(TimeProvider time)
    {
        _time = time;
        _sweeping = time.CreateTimer(static self => ((CallDeadlines)self!).Sweep(), this, s_period, s_period);
    }

    public PendingCall Start(TimeSpan limit, bool cancellable)
    {
        var call = new PendingCall
        {
            Due = _time.GetTimestamp() + (long)(limit.TotalSeconds * _time.TimestampFrequency),
            Part = Environment.CurrentManagedThreadId % Parts,
            Cancellation = cancellable ? new CancellationTokenSource() : null,
        };
        _waiting[call.Part].Add(call);
        return call;
    }

    public void End(PendingCall call) => _waiting[call.Part].Remove(call);

    public void Dispose() => _sweeping.Dispose();

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        foreach (var waiting in _waiting)
            waiting.TakeOverdue(now).ForEach(call => call.Expire());
    }

    /// <summary>Calls linked to each other, so that one is added and removed without a search.</summary>
    private sealed class Waiting
    {
        private readonly Lock _gate = new();
        private PendingCall? _first;

        public void Add(PendingCall call)
        {
            lock (_gate)
            {
                call.Next = _first;
                if (_first is not null)
                    _first.Previous = call;
                _first = call;
            }
        }

        public void Remove(PendingCall call)
        {
            lock (_gate)
            {
                if (call.Previous is not null)
                    call.Previous.Next = call.Next;
                else if (_first == call)
                    _first = call.Next;
                else
                    return;
                if (call.Next is not null)
                    call.Next.Previous = call.Previous;
                (call.Previous, call.Next) = (null, null);
            }
        }

        public List<PendingCall> TakeOverdue(long now)
        {
            var overdue = new List<PendingCall>();
            lock (_gate)
            {
                for (var call = _first; call is not null; call = call.Next)
                {
                    if (call.Due <= now)
                        overdue.Add(call);
                }
            }
            return overdue;
        }
    }
}
