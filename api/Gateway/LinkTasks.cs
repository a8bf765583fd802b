using System.Diagnostics.CodeAnalysis;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>
/// The tasks of one link: brings what the agent has and what the centre knows together, then hands reports, logs and ends to the tasks'
/// grains, those of one task in order. Thread-safe.
/// </summary>
/// <param name="gateway">What all links share.</param>
/// <param name="link">The link.</param>
/// <param name="sender">Sends to the agent.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and its wait handle is never made; late senders still find it.")]
internal sealed class LinkTasks(GatewayContext gateway, OpenLink link, FrameSender sender)
{
    /// <summary>Most tasks an agent may tell of: those it runs and queues, and as many that have ended.</summary>
    private const int MaxTasks = 2 * (TaskLimits.Running + TaskLimits.Queued);

    /// <summary>While more wait, the agent is told of so many chunks together.</summary>
    private const int ToldTogether = 4;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkTask> _tasks = new(StringComparer.Ordinal);
    private readonly List<TaskReport> _told = [];
    private readonly TaskCompletionSource _reconciled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly RecentIds _unwanted = new(1_000);
    private bool _hasTold;

    /// <summary>Takes a <c>task_state</c> frame in. A problem is a violation.</summary>
    public Problem? Receive(TaskStates states)
    {
        lock (_lock)
        {
            foreach (var report in states.Tasks)
            {
                _unwanted.Remove(report.TaskId);
                Of(report.TaskId).Attempt = report.Attempt;
            }
            if (_tasks.Count > MaxTasks || _told.Count + states.Tasks.Count > 2 * MaxTasks)
                return OutOfOrder($"The agent tells of more than {MaxTasks} tasks.");
            if (_hasTold)
            {
                foreach (var report in states.Tasks)
                    Push(report.TaskId, new LinkTaskItem(Report: report));
                return null;
            }
            _told.AddRange(states.Tasks);
            _hasTold = states.All == true;
        }
        if (_hasTold)
            _ = ReconcileAsync();
        return null;
    }

    /// <summary>Takes a log chunk's frame in. A problem is a violation, or the budget is used up.</summary>
    public Problem? ReceiveChunk(ReadOnlySpan<byte> frame)
    {
        var read = BlockCodec.Read(frame, BlockKind.LogChunk);
        if (!read.Ok)
            return read.Problem;
        var block = read.Value;
        var chunk = LogChunkCodec.Read(block.Number, frame[block.HeaderLength..].ToArray());
        if (!chunk.Ok)
            return chunk.Problem;
        lock (_lock)
        {
            if (_unwanted.Contains(block.Id))
                return null;
            if (!_hasTold || !_tasks.TryGetValue(block.Id, out var task) || task.Attempt == 0)
                return OutOfOrder($"A log chunk came for task '{block.Id}', of which the agent hasn't told over this link.");
            if (task.ChunksWaiting >= TaskLimits.ChunkWindow)
                return OutOfOrder($"More than {TaskLimits.ChunkWindow} chunks of task '{block.Id}' came without waiting for 'task_log'.");
            if (!gateway.Budget.TryTake(chunk.Value.Bytes.Length))
            {
                return new Problem(ProblemCodes.Unavailable, "The centre holds as much output as its memory budget allows; what the agent has kept comes later.")
                {
                    RetryAfterSeconds = 5,
                };
            }
            Push(block.Id, new LinkTaskItem(Chunk: chunk.Value));
        }
        return null;
    }

    /// <summary>Takes the end of an attempt in. A problem is a violation.</summary>
    public Problem? Complete(TaskComplete completion)
    {
        lock (_lock)
        {
            if (_unwanted.Contains(completion.TaskId))
                return null;
            if (!_hasTold || !_tasks.ContainsKey(completion.TaskId))
                return OutOfOrder($"'task_complete' came for task '{completion.TaskId}', of which the agent hasn't told over this link.");
            Push(completion.TaskId, new LinkTaskItem(End: completion));
        }
        return null;
    }

    /// <inheritdoc cref="IAgentLink.SendAsync"/>
    public async Task<Outcome<Done>> SendAsync(TaskMessage message)
    {
        // What is created after the agent has told all that it has can't be missing there.
        if (message.Create is not null)
            await _reconciled.Task;
        ILinkMessage? data = (ILinkMessage?)message.Create ?? (ILinkMessage?)message.Cancel ?? (ILinkMessage?)message.Log ?? message.Ack;
        return data is not null && await sender.SendAsync(data, null, _over.Token) is { } unsent ? unsent : Done.Value;
    }

    /// <summary>The link is over: what came and was not taken comes again over the next.</summary>
    public void End()
    {
        _over.Cancel();
        _reconciled.TrySetCanceled();
        lock (_lock)
        {
            foreach (var task in _tasks.Values)
                gateway.Budget.Return(task.Clear());
        }
    }

    private static Problem OutOfOrder(string message) => new(ProblemCodes.FrameOutOfOrder, message);

    private LinkTask Of(string task)
    {
        if (!_tasks.TryGetValue(task, out var found))
            _tasks.Add(task, found = new LinkTask(task));
        return found;
    }

    private void Push(string id, LinkTaskItem item)
    {
        var task = Of(id);
        task.Push(item);
        if (task.Runs)
            return;
        task.Runs = true;
        _ = Task.Run(() => PumpAsync(task));
    }

    /// <summary>Hands on what comes of one task until nothing waits.</summary>
    private async Task PumpAsync(LinkTask task)
    {
        while (true)
        {
            List<LogChunk> chunks;
            LinkTaskItem? item = null;
            lock (_lock)
            {
                chunks = task.TakeChunks();
                if (chunks.Count == 0 && (item = task.TakeItem()) is null)
                {
                    task.Runs = false;
                    return;
                }
            }
            var answer = await TryAsync(() => chunks.Count > 0 ? LogAsync(task, chunks) : TellAsync(task, item!));
            gateway.Budget.Return(chunks.Sum(chunk => (long)chunk.Bytes.Length));
            if (_over.IsCancellationRequested)
                return;
            if (answer is not null && !(answer is TaskLog && IsLater(task, chunks.Count)))
                await sender.SendAsync(answer, null, _over.Token);
            if (answer is TaskAck && Forget(task, wanted: item?.End is not null))
                return;
        }
    }

    /// <summary>Whether the agent is told of what was taken with what comes next: most of its window is still open.</summary>
    private bool IsLater(LinkTask task, int taken)
    {
        lock (_lock)
        {
            task.ChunksUntold += taken;
            if (task.ChunksUntold < ToldTogether && task.ChunksWaiting > 0)
                return true;
            task.ChunksUntold = 0;
            return false;
        }
    }

    /// <summary>What to say to the agent; null: nothing.</summary>
    private async Task<ILinkMessage?> LogAsync(LinkTask task, List<LogChunk> chunks)
    {
        var taken = await Grain(task.Id).TakeLogAsync(link.Name, task.Attempt, LogChunkCodec.Join(chunks));
        return taken.Ok ? new TaskLog(task.Id, task.Attempt, taken.Value) : new TaskAck(task.Id, task.Attempt);
    }

    private async Task<ILinkMessage?> TellAsync(LinkTask task, LinkTaskItem item)
    {
        if (item.Report is { } report)
            return (await Grain(task.Id).ReportAsync(link.Name, report)).Ok ? null : new TaskAck(task.Id, report.Attempt);
        // Taken or not wanted: either way the agent needn't keep it.
        await Grain(task.Id).CompleteAsync(link.Name, item.End!);
        return new TaskAck(task.Id, item.End!.Attempt);
    }

    /// <summary>The agent was told to forget a task. True: nothing of it waits here any more.</summary>
    /// <param name="task">The task.</param>
    /// <param name="wanted">Whether it had ended: else more of it may be on its way, to be dropped.</param>
    private bool Forget(LinkTask task, bool wanted)
    {
        lock (_lock)
        {
            if (!wanted)
            {
                gateway.Budget.Return(task.Clear());
                _unwanted.Add(task.Id);
            }
            if (!task.IsEmpty)
                return false;
            _tasks.Remove(task.Id);
            return true;
        }
    }

    private async Task ReconcileAsync()
    {
        var known = _told.ToList();
        await TryAsync(async () =>
        {
            await gateway.Grains.Get<IAgentTasks>(link.Key).ReconcileAsync(known, link.Self);
            return null;
        });
        _reconciled.TrySetResult();
    }

    /// <summary>Asks until there is an answer or the link is over: everything here may be repeated.</summary>
    private async Task<ILinkMessage?> TryAsync(Func<Task<ILinkMessage?>> call)
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                return await call();
            }
            catch (Exception e)
            {
                gateway.Log.GrainFailed(link.Key, e);
            }
            try
            {
                await Task.Delay(s_retry, gateway.Time, _over.Token);
            }
            catch (OperationCanceledException)
            {
                // The loop ends.
            }
        }
        return null;
    }

    private IAgentTask Grain(string task) => gateway.Grains.Get<IAgentTask>(GrainKeys.Join(link.Tenant, task));
}
