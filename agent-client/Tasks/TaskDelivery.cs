using System.Buffers;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// Tells the centre of tasks over one link: first how all are doing, then each change, output in turns of a few chunks a task, and ends after
/// the last chunk. Thread-safe.
/// </summary>
internal sealed class TaskDelivery(ITaskCentre centre, TaskJournal journal)
{
    /// <summary>Chunks of a task that go together.</summary>
    private const int Turn = 4;

    private readonly Lock _lock = new();
    private readonly HashSet<TaskEntry> _changed = [];
    private readonly Queue<TaskEntry> _due = [];
    private readonly HashSet<TaskEntry> _isDue = [];
    private readonly HashSet<TaskEntry> _ended = [];
    private TaskCompletionSource _wake = NewWake();

    /// <summary>How a task is doing is to be told.</summary>
    public void Changed(TaskEntry entry)
    {
        lock (_lock)
            _changed.Add(entry);
        Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>There may be output or an end to send.</summary>
    public void Due(TaskEntry entry)
    {
        lock (_lock)
        {
            if (_isDue.Add(entry))
                _due.Enqueue(entry);
        }
        Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>Nothing more of a task is to be told.</summary>
    public void Forget(TaskEntry entry)
    {
        lock (_lock)
        {
            _changed.Remove(entry);
            _ended.Remove(entry);
        }
    }

    /// <summary>Sends until the link is over.</summary>
    /// <param name="all">How all tasks are doing that there were when the link began.</param>
    /// <param name="over">Fires when the link is.</param>
    public async Task RunAsync(List<TaskReport> all, CancellationToken over)
    {
        try
        {
            if (!await SendAllAsync(all))
                return;
            while (!over.IsCancellationRequested)
            {
                var wake = Volatile.Read(ref _wake);
                if (TakeChanged() is { Count: > 0 } reports)
                {
                    if (!await centre.SendAsync(new TaskStates(reports)))
                        return;
                }
                else if (TakeDue() is { } entry)
                {
                    if (!await SendAsync(entry))
                        return;
                }
                else
                {
                    await wake.Task.WaitAsync(over);
                    Interlocked.CompareExchange(ref _wake, NewWake(), wake);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The link is over.
        }
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told even when there are none: the centre then knows so.</summary>
    private async Task<bool> SendAllAsync(List<TaskReport> all)
    {
        var at = 0;
        do
        {
            var some = all.Slice(at, Math.Min(LinkProtocol.MaxItems, all.Count - at));
            at += some.Count;
            if (!await centre.SendAsync(new TaskStates(some, at == all.Count ? true : null)))
                return false;
        }
        while (at < all.Count);
        return true;
    }

    private List<TaskReport> TakeChanged()
    {
        lock (_lock)
        {
            var some = _changed.Take(LinkProtocol.MaxItems).ToList();
            _changed.ExceptWith(some);
            return [.. some.Select(entry => entry.Report).OfType<TaskReport>()];
        }
    }

    private TaskEntry? TakeDue()
    {
        lock (_lock)
        {
            if (!_due.TryDequeue(out var entry))
                return null;
            _isDue.Remove(entry);
            return entry;
        }
    }

    private async Task<bool> SendAsync(TaskEntry entry)
    {
        if (entry.Forgotten)
            return true;
        if (entry.Output is { } output)
        {
            if (await SendOutputAsync(entry, output) is { } sent)
                return sent;
            if (!output.IsSent)
                return true;
        }
        return entry.Phase != TaskPhase.Ended || !IsFirstEnd(entry) || await centre.SendAsync(EndOf(entry));
    }

    /// <summary>Null: there is none that may be sent now.</summary>
    private async Task<bool?> SendOutputAsync(TaskEntry entry, TaskOutput output)
    {
        if (!output.HasDue)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(Turn * KeptOutput.MaxChunkBytes);
        var used = 0;
        try
        {
            var chunks = new List<LogChunk>(Turn);
            while (chunks.Count < Turn && output.Next(buffer.AsMemory(used, KeptOutput.MaxChunkBytes)) is { } chunk)
            {
                chunks.Add(chunk);
                used += LogChunkCodec.FramedHeaderBytes + chunk.Bytes.Length;
            }
            if (chunks.Count == 0)
                return null;
            if (!await centre.SendAsync(entry.TaskId, entry.Attempt, chunks))
                return false;
            Due(entry);
            return true;
        }
        finally
        {
            // Only what was written: to clear all of it cost more than to send it.
            buffer.AsSpan(0, used).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool IsFirstEnd(TaskEntry entry)
    {
        lock (_lock)
            return _ended.Add(entry);
    }

    private TaskComplete EndOf(TaskEntry entry) => entry.Refusal ?? journal.ReadEnd(entry.TaskId, entry.Attempt) ?? new TaskComplete
    {
        TaskId = entry.TaskId,
        Attempt = entry.Attempt,
        Status = TaskStatuses.Failed,
        Problem = new Problem(ProblemCodes.Internal, "The task ended, but how can't be read from the agent's journal; the agent's log says why."),
        StartedAt = entry.StartedAt,
    };
}
