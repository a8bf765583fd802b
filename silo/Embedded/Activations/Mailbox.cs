using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>
/// The turns that wait for one activation, and the continuations of the turn that runs. Many threads put in; whoever is told
/// <see cref="Admission.Schedule"/> makes one thread take out, until <see cref="Take"/> has nothing for it.
/// </summary>
internal sealed class Mailbox(int limit)
{
    private readonly Lock _gate = new();
    private WorkList _turns;
    private WorkList _posted;
    private Turn? _running;
    private int _count;
    private bool _scheduled;
    private bool _closed;

    public enum Admission { Queued, Schedule, Full, Closed }

    /// <summary>Nothing runs and nothing waits. Only a hint, unless the activation itself asks.</summary>
    public bool IsIdle => Volatile.Read(ref _running) is null && _count == 0;

    /// <summary>Whether a turn waits that counts as use of the grain: a timer's tick doesn't.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_gate)
                return _turns.HasUse();
        }
    }

    /// <param name="bounded">False for the host's own turns, which are few and can't wait.</param>
    public Admission Add(Turn turn, bool bounded)
    {
        lock (_gate)
        {
            if (_closed)
                return Admission.Closed;
            if (bounded && _count >= limit)
                return Admission.Full;
            _count++;
            _turns.Append(turn);
            return _running is null ? ScheduleNeedsLock() : Admission.Queued;
        }
    }

    /// <summary>Adds to a mailbox that nobody else knows yet; whoever does so makes a thread take out afterwards.</summary>
    public void Preload(Turn turn)
    {
        _scheduled = true;
        _count++;
        _turns.Append(turn);
    }

    public Admission Post(PostedWork work)
    {
        lock (_gate)
        {
            if (_closed)
                return Admission.Closed;
            _posted.Append(work);
            return ScheduleNeedsLock();
        }
    }

    /// <summary>
    /// The next thing to run: the running turn's continuations first, another turn only when that one has ended. Null: nothing, and
    /// the thread that asked has to stop taking.
    /// </summary>
    public WorkItem? Take()
    {
        lock (_gate)
        {
            if (_posted.TakeFirst() is { } work)
                return work;
            if (_running is null && _turns.TakeFirst() is Turn turn)
            {
                _count--;
                Volatile.Write(ref _running, turn);
                return turn;
            }
            _scheduled = false;
            return null;
        }
    }

    /// <summary>The running turn is over. Only from the thread that takes.</summary>
    public void EndTurn() => Volatile.Write(ref _running, null);

    /// <summary>Refuses everything from now on, and gives back what waited, in order.</summary>
    public List<Turn> Close(out Turn? running)
    {
        lock (_gate)
        {
            _closed = true;
            running = _running;
            var left = new List<Turn>(_count);
            while (_turns.TakeFirst() is Turn turn)
                left.Add(turn);
            _count = 0;
            return left;
        }
    }

    /// <summary>Removes the turns that nobody waits for, and tells those whose deadline has passed.</summary>
    public void Sweep(int now)
    {
        if (IsIdle)
            return;
        List<Turn>? overdue = null;
        lock (_gate)
        {
            var kept = default(WorkList);
            while (_turns.TakeFirst() is Turn turn)
            {
                if (turn.Deadline <= now)
                    (overdue ??= []).Add(turn);
                if (turn.Deadline <= now || turn.IsOver)
                    _count--;
                else
                    kept.Append(turn);
            }
            _turns = kept;
            if (_running is { } running && running.Deadline <= now)
                (overdue ??= []).Add(running);
        }
        foreach (var turn in overdue ?? [])
            turn.OnDeadline();
    }

    private Admission ScheduleNeedsLock()
    {
        if (_scheduled)
            return Admission.Queued;
        _scheduled = true;
        return Admission.Schedule;
    }

    /// <summary>A list through <see cref="WorkItem.Next"/>: an empty one costs two references.</summary>
    private struct WorkList
    {
        private WorkItem? _first;
        private WorkItem? _last;

        public readonly bool HasUse()
        {
            for (var item = _first; item is not null; item = item.Next)
            {
                if (item is Turn turn && turn.KeepsActive)
                    return true;
            }
            return false;
        }

        public void Append(WorkItem item)
        {
            if (_last is null)
                _first = item;
            else
                _last.Next = item;
            _last = item;
        }

        public WorkItem? TakeFirst()
        {
            if (_first is not { } item)
                return null;
            _first = item.Next;
            item.Next = null;
            if (_first is null)
                _last = null;
            return item;
        }
    }
}
