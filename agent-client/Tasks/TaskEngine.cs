using Outrider.Agent.Executors;
using Outrider.Agent.Logging;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// Runs the tasks of an agent: journalled before they start, at most so many at once, each attempt once, whatever becomes of links and of
/// the agent itself. What waits when the agent ends runs when it starts again; what ran is ended, or lost. Thread-safe.
/// </summary>
public sealed class TaskEngine : IAsyncDisposable
{
    /// <summary>Places of the queue whose changes the centre is told.</summary>
    private const int ToldPlaces = 100;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TaskEngineLimits _limits;
    private readonly AgentLog _log;
    private readonly TimeProvider _time;
    private readonly TaskJournal _journal;
    private readonly TaskRuns _runs;
    private readonly TaskQueue _queue;
    private readonly TaskTable _tasks;
    private readonly TaskTelling _told = new();
    private readonly TaskEndings _ends;
    private readonly TaskOutputs _outputs;
    private readonly List<Task> _losing = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _ticker;
    private long _arrivals;
    private int _accepting;
    private bool _stopped;
    private bool _disposed;

    /// <summary>Opens the journal and finds what an earlier process left; nothing runs before <see cref="Start"/>. Throws <see cref="IOException"/>.</summary>
    /// <param name="folder">The engine's own folder, which is made if it isn't there.</param>
    /// <param name="gate">The way to the executors.</param>
    /// <param name="limits">How much it takes on.</param>
    /// <param name="log">The agent's log.</param>
    /// <param name="time">The clock.</param>
    public TaskEngine(string folder, TaskGate gate, TaskEngineLimits limits, AgentLog log, TimeProvider time)
        : this(new TaskJournal(folder, log, time), folder, gate, limits, log, time)
    {
    }

    internal TaskEngine(TaskJournal journal, string folder, TaskGate gate, TaskEngineLimits limits, AgentLog log, TimeProvider time)
    {
        (_limits, _log, _time) = (limits, log, time);
        _journal = journal;
        _runs = new TaskRuns(_journal, gate, limits, time);
        _queue = new TaskQueue(limits.Running, limits.DatabaseTasks);
        _ends = new TaskEndings(_lock, _journal, _told, log, time);
        _tasks = new TaskTable(_journal, _told, _ends, _queue, time);
        _outputs = new TaskOutputs(folder, _journal, _told, log, time);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes up what an earlier process left: runs what waited, and ends what ran as lost.</summary>
    public void Start()
    {
        lock (_lock)
        {
            foreach (var left in _journal.Entries().OrderBy(left => left.Records[0].At))
                Recover(left);
            _outputs.DeleteOrphans(_tasks.All);
            _ticker = _time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
            Pump();
        }
    }

    /// <summary>Takes a task on, unless it is here or was: then it tells again how it is doing. What becomes of it is told over the link.</summary>
    public void Accept(TaskCreate task)
    {
        lock (_lock)
        {
            if (_stopped || _journal.IsForgotten(task.TaskId, task.Attempt))
                return;
            if (_tasks.Newest(task.TaskId) is { } known)
            {
                if (known.Attempt == task.Attempt)
                    AcceptAgain(known);
                if (known.Attempt >= task.Attempt)
                    return;
                // Who begins another attempt has given up the one before.
                _tasks.Forget(known);
            }
            // Its output is wanted from the start over the link that it came over.
            var entry = new TaskEntry(task.TaskId, task.Attempt, task.Type, task.Priority, _arrivals++) { WantedFrom = _told.IsLinked ? 0 : null };
            _tasks.Put(entry);
            if (_queue.Waiting + _accepting >= _limits.Queued)
                Refuse(entry, new Problem(ProblemCodes.AgentBusy, $"{_limits.Queued} tasks wait in the agent, the most that may."));
            else if (_journal.Append(new JournalRecord(JournalRecordKind.Accepted, task.TaskId, task.Attempt, Now) { Task = task }) is { } unwritable)
                Refuse(entry, unwritable);
            else
                _ = AdmitAsync(entry);
        }
    }

    /// <summary>Ends a task, if it hasn't ended; its end follows.</summary>
    public void Cancel(string task)
    {
        lock (_lock)
        {
            if (_tasks.Find(task) is not { } entry)
                return;
            if (_queue.Remove(entry))
                EndUnrun(entry, TaskEnds.ProblemOf(StopReason.Canceled, 0)!);
            else if (entry.Phase is TaskPhase.Accepting or TaskPhase.Running)
                entry.Stop(StopReason.Canceled);
        }
    }

    /// <summary>The centre has a task's output up to here, and wants what follows.</summary>
    public void Continue(TaskLog log)
    {
        lock (_lock)
        {
            if (_tasks.Find(log.TaskId) is { } entry && entry.Attempt == log.Attempt)
                Want(entry, log.Next);
        }
    }

    /// <summary>The centre has a task's end, or doesn't want it: it is ended, if it runs, and deleted.</summary>
    public void Forget(TaskAck ack)
    {
        lock (_lock)
        {
            if (_tasks.Find(ack.TaskId) is { } entry && entry.Attempt == ack.Attempt)
                _tasks.Forget(entry);
        }
    }

    /// <summary>Serves the centre over one link, the only one now: what is asked of the engine after this was called came over it. Returns when the link is over.</summary>
    public async Task ServeAsync(ITaskCentre centre, CancellationToken over)
    {
        var delivery = new TaskDelivery(centre, _journal);
        List<TaskReport> all;
        lock (_lock)
        {
            _told.TellPlaces(_queue.InOrder);
            _told.Attach(delivery, _tasks.All);
            all = [.. _tasks.All.Where(entry => !entry.Forgotten).Select(entry => entry.Report).OfType<TaskReport>()];
        }
        try
        {
            await Task.Run(() => delivery.RunAsync(all, over), CancellationToken.None);
        }
        finally
        {
            lock (_lock)
                _told.Detach(delivery, _tasks.All);
        }
    }

    /// <summary>Takes nothing more on, ends what runs and waits for it. What waits stays in the journal.</summary>
    public async Task StopAsync()
    {
        lock (_lock)
        {
            _stopped = true;
            _ticker?.Dispose();
            foreach (var running in _tasks.All.Where(entry => entry.Phase == TaskPhase.Running))
                running.Stop(StopReason.AgentStops);
            if (_queue.Running == 0)
                _idle.TrySetResult();
        }
        await _stopping.CancelAsync();
        await Task.WhenAll([.. _losing, _idle.Task]);
        await _journal.ForceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await StopAsync();
        _journal.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The centre may not know that it is here: over this link it is as one that came over it.</summary>
    private void AcceptAgain(TaskEntry entry)
    {
        _told.Again(entry);
        if (entry is { Forgotten: false, WantedFrom: null } && _told.IsLinked)
            Want(entry, 0);
    }

    private static void Want(TaskEntry entry, uint next)
    {
        entry.WantedFrom ??= next;
        entry.Output?.Want(next);
    }

    private async Task AdmitAsync(TaskEntry entry)
    {
        _accepting++;
        var unforced = await _journal.ForceAsync();
        lock (_lock)
        {
            _accepting--;
            if (entry.Forgotten)
                return;
            if ((unforced ?? TaskEnds.ProblemOf(entry.StopReason, 0)) is { } problem)
            {
                EndUnrun(entry, problem);
                return;
            }
            Enqueue(entry);
            Pump();
        }
    }

    private void Enqueue(TaskEntry entry)
    {
        entry.Phase = TaskPhase.Pending;
        _told.Tell(entry, TaskStatuses.Pending, _queue.Add(entry));
    }

    /// <summary>Starts what may run now. Nothing runs that the journal doesn't say has started: while it can't be written, it all waits.</summary>
    private void Pump()
    {
        while (!_stopped && _queue.Take() is { } entry)
        {
            entry.StartedAt = Now;
            if (_journal.Append(new JournalRecord(JournalRecordKind.Started, entry.TaskId, entry.Attempt, entry.StartedAt.Value)) is not null)
            {
                entry.StartedAt = null;
                _queue.Release(entry);
                _queue.Add(entry);
                return;
            }
            entry.Phase = TaskPhase.Running;
            _ = Task.Run(() => RunAsync(entry));
        }
    }

    private async Task RunAsync(TaskEntry entry)
    {
        var unforced = await _journal.ForceAsync();
        var output = _outputs.Begin(entry);
        lock (_lock)
        {
            TaskOutputs.Give(entry, output);
            _told.Tell(entry, TaskStatuses.Running);
        }
        var end = unforced is null ? await _runs.RunAsync(entry, output) : TaskEnds.Unrun(entry.TaskId, entry.Attempt, unforced, Now);
        lock (_lock)
        {
            _queue.Release(entry);
            if (entry.Forgotten)
                _tasks.Drop(entry);
            else
                _ends.Write(entry, end);
            Pump();
            if (_stopped && _queue.Running == 0)
                _idle.TrySetResult();
        }
    }

    private void Recover(JournalEntry left)
    {
        var entry = new TaskEntry(left.TaskId, left.Attempt, left.Type, Math.Clamp(left.Priority, 1, TaskTypes.MaxPriority), _arrivals++) { StartedAt = left.StartedAt };
        // Of two attempts that a crash left, the older was given up when the newer came.
        var other = _tasks.Newest(left.TaskId);
        if (other?.Attempt < left.Attempt)
            _tasks.Forget(other);
        entry.Forgotten = other?.Attempt > left.Attempt;
        if (!entry.Forgotten)
            _tasks.Put(entry);
        if (left is { HasEnded: false, StartedAt: not null })
        {
            entry.Phase = TaskPhase.Running;
            _told.Tell(entry, TaskStatuses.Running);
            _losing.Add(LoseAsync(entry, [.. left.Processes]));
        }
        else if (entry.Forgotten)
        {
            _tasks.Drop(entry);
        }
        else if (left.HasEnded)
        {
            entry.Phase = TaskPhase.Ended;
            entry.Output = left.Chunks > 0 ? _outputs.Left(entry, left.Chunks) : null;
            _told.Tell(entry, TaskReport.Ended);
        }
        else
        {
            Enqueue(entry);
        }
    }

    /// <summary>Ends what a task left running when the agent ended, and then the task.</summary>
    private async Task LoseAsync(TaskEntry entry, List<TaskProcesses> left)
    {
        try
        {
            await Task.Run(() => new LeftProcesses(_log, _time).EndAsync(entry.TaskId, left, _stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The next start does it.
            return;
        }
        var output = _outputs.Left(entry, chunks: null);
        lock (_lock)
        {
            TaskOutputs.Give(entry, output);
            if (entry.Forgotten)
                _tasks.Drop(entry);
            else
                _ends.Write(entry, TaskEnds.Lost(entry.TaskId, entry.Attempt, entry.StartedAt, output.Totals, Now));
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            _ends.Retry();
            Pump();
            _told.TellPlaces(_queue.InOrder.Take(ToldPlaces));
        }
    }

    private void EndUnrun(TaskEntry entry, Problem problem) => _ends.Write(entry, TaskEnds.Unrun(entry.TaskId, entry.Attempt, problem, Now));

    /// <summary>Ends a task that isn't in the journal. Of those only so many are kept; of one more the centre hears nothing, and asks.</summary>
    private void Refuse(TaskEntry entry, Problem problem)
    {
        if (!_ends.Refuse(entry, TaskEnds.Unrun(entry.TaskId, entry.Attempt, problem, Now)))
            _tasks.Remove(entry);
    }
}
