using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>
/// The centre's half of one link as a state machine without a socket or a clock: which frames are in order, which tasks the agent runs
/// and what they have brought. A problem it answers is a violation, and ends the link. Not thread-safe.
/// </summary>
public sealed class LinkConversation(PayloadBudget budget, long maxPayload)
{
    private readonly Dictionary<string, PendingTask> _tasks = new(StringComparer.Ordinal);
    private List<string>? _capabilities;
    private long _received;
    private bool _ended;

    /// <summary>Tasks the agent has not ended yet.</summary>
    public int Running => _tasks.Count;

    private bool Opened => _capabilities is not null;

    /// <summary>The agent is registered: tasks may run.</summary>
    public void Open(List<string> capabilities) => _capabilities = capabilities;

    /// <summary>Whether this text frame may come now, from an agent. Null: yes.</summary>
    public Problem? Receive(Frame frame)
    {
        if (frame.Seq != ++_received)
            return OutOfOrder($"Frame {frame.Seq} came where {_received} was due; 'seq' counts a direction's text frames from 1.");
        return (Opened, frame.Data) switch
        {
            (_, LinkError) or (false, AgentRegister) => null,
            (false, _) => OutOfOrder($"'{FrameTypes.Of(frame.Data)}' came before 'agent_register', which must be the first frame."),
            (true, AgentRegister) => OutOfOrder("A second 'agent_register' came; dial again to register anew."),
            (true, TaskStates) when !_capabilities!.Contains(LinkProtocol.Tasks) => NotAgreed(frame),
            (true, FileOpen or FileState) when !_capabilities!.Contains(LinkProtocol.Files) => NotAgreed(frame),
            (true, TaskCreate or TaskCancel or TaskLog or TaskAck or LinkConfig or MetricsAck) => OutOfOrder($"Only the centre sends '{FrameTypes.Of(frame.Data)}'."),
            _ => null,
        };
    }

    /// <summary>Notes a task that is about to be sent. Null: send it.</summary>
    public Problem? Begin(PendingTask pending)
    {
        var task = pending.Task;
        if (_ended)
            return TaskResults.LinkLost;
        if (!LinkProtocol.IsId(task.TaskId))
            return new Problem(ProblemCodes.InvalidArgument, $"A task's id is 1 to {LinkProtocol.MaxIdLength} printable ASCII characters.");
        if (_capabilities?.Contains(task.Type) != true)
            return new Problem(ProblemCodes.AgentLacksCapability, $"The agent does not run tasks of type '{task.Type}'.");
        if (_tasks.Count >= LinkProtocol.MaxTasks)
        {
            return new Problem(ProblemCodes.AgentBusy, $"The agent runs {LinkProtocol.MaxTasks} tasks, the most at once. Wait for one to end.")
            {
                RetryAfterSeconds = 1,
            };
        }
        return _tasks.TryAdd(task.TaskId, pending) ? null : new Problem(ProblemCodes.Conflict, $"A task '{task.TaskId}' is running.");
    }

    /// <summary>Takes a binary frame in.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="overflow">When the payload has become too much: why its task must be given up.</param>
    /// <param name="overflowed">That task; the link goes on.</param>
    public Problem? Receive(ReadOnlySpan<byte> frame, out PendingTask? overflowed, out Problem? overflow)
    {
        (overflowed, overflow) = (null, null);
        if (!Opened)
            return OutOfOrder("A binary frame came before 'agent_register', which must be the first frame.");
        var read = BlockCodec.Read(frame);
        if (!read.Ok)
            return read.Problem;
        var block = read.Value;
        if (!_tasks.TryGetValue(block.Id, out var pending))
            return OutOfOrder($"A block came for task '{block.Id}', which is not running over this link.");
        if (block.Number != pending.NextBlock)
            return OutOfOrder($"Block {block.Number} of task '{block.Id}' came where {pending.NextBlock} was due.");
        var bytes = frame[block.HeaderLength..];
        if (!pending.Abandoned && (overflow = Take(pending, bytes.Length)) is not null)
            overflowed = pending;
        else
            pending.Add(bytes);
        if (overflowed is not null)
        {
            Abandon(pending);
            pending.Add(bytes);
        }
        return null;
    }

    /// <summary>The agent has ended a task. The result goes to whoever waits, unless the task was abandoned.</summary>
    public Problem? Complete(TaskComplete completion)
    {
        if (!_tasks.Remove(completion.TaskId, out var pending))
            return OutOfOrder($"'task_complete' came for task '{completion.TaskId}', which is not running over this link.");
        if (pending.Abandoned)
            return null;
        budget.Return(pending.Bytes);
        if (completion.PayloadBytes != pending.Bytes)
        {
            pending.Ended.TrySetResult(Lost(pending));
            return OutOfOrder($"Task '{completion.TaskId}' ended with {completion.PayloadBytes} bytes of payload, but {pending.Bytes} came.");
        }
        pending.Ended.TrySetResult(new TaskResult(completion, pending.Payload()));
        return null;
    }

    /// <summary>Nobody waits for this task any more. True: the agent still runs it and should be told.</summary>
    public bool Abandon(PendingTask pending)
    {
        if (!_tasks.TryGetValue(pending.Task.TaskId, out var known) || known != pending || pending.Abandoned)
            return false;
        budget.Return(pending.Bytes);
        pending.Abandon();
        return true;
    }

    /// <summary>The task was never sent.</summary>
    public void Forget(PendingTask pending) => _tasks.Remove(pending.Task.TaskId);

    /// <summary>The link is over: every task still running is lost.</summary>
    public void End()
    {
        foreach (var pending in _tasks.Values)
        {
            budget.Return(pending.Bytes);
            pending.Ended.TrySetResult(Lost(pending));
        }
        _tasks.Clear();
        _ended = true;
    }

    private static TaskResult Lost(PendingTask pending) => TaskResults.Ended(pending.Task, TaskStatuses.Lost, TaskResults.LinkLost);

    private Problem? Take(PendingTask pending, int bytes)
    {
        var limit = TaskPayload.Limit(pending.Task, maxPayload);
        if (pending.Bytes + bytes > limit)
            return TaskPayload.TooLarge(limit);
        if (budget.TryTake(bytes))
            return null;
        return new Problem(ProblemCodes.Unavailable, "The centre holds as many results as its memory budget allows. Ask again, for less at once.")
        {
            RetryAfterSeconds = 2,
        };
    }

    private static Problem NotAgreed(Frame frame) =>
        new(ProblemCodes.FrameUnknownType, $"'{FrameTypes.Of(frame.Data)}' belongs to a capability that was not agreed on for this link.");

    private static Problem OutOfOrder(string message) => new(ProblemCodes.FrameOutOfOrder, message);
}
