using System.Buffers;
using System.Runtime.InteropServices;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>How tasks end.</summary>
internal static class TaskEnds
{
    /// <summary>It was never run.</summary>
    public static TaskComplete Unrun(string task, int attempt, Problem problem, long at) => new()
    {
        TaskId = task,
        Attempt = attempt,
        Status = problem.Code == ProblemCodes.Canceled ? TaskStatuses.Canceled : TaskStatuses.Failed,
        Problem = LinkProtocol.Clip(problem),
        FinishedAt = at,
    };

    /// <summary>The agent ended while it ran.</summary>
    public static TaskComplete Lost(string task, int attempt, long? startedAt, LogTotals totals, long at) => new()
    {
        TaskId = task,
        Attempt = attempt,
        Status = TaskStatuses.Lost,
        Problem = new Problem(ProblemCodes.TaskLost, "The agent ended while it ran; what it did isn't known."),
        StartedAt = startedAt,
        FinishedAt = at,
        Log = totals,
    };

    /// <summary>Why a task that was told to stop has no other end; null: it wasn't told.</summary>
    public static Problem? ProblemOf(StopReason reason, int timeoutSeconds) => reason switch
    {
        StopReason.Canceled => new Problem(ProblemCodes.Canceled, "The task was canceled."),
        StopReason.TimedOut => new Problem(ProblemCodes.TimedOut, $"The task ran for {timeoutSeconds} s, its time limit; it was ended."),
        StopReason.AgentStops => new Problem(ProblemCodes.Unavailable, "The agent was stopped while the task ran; it was ended."),
        _ => null,
    };

    /// <summary>An executor's end as the engine reports it. What it had done when it was told to stop stays; a success is one.</summary>
    public static TaskComplete Concluded(TaskComplete end, TaskEntry entry, Problem? stopped)
    {
        if (stopped is not null && end.Status != TaskStatuses.Success)
        {
            var status = stopped.Code == ProblemCodes.Canceled ? TaskStatuses.Canceled : TaskStatuses.Failed;
            end = end with { Status = status, Problem = stopped };
        }
        return end with { TaskId = entry.TaskId, Attempt = entry.Attempt, Problem = LinkProtocol.Clip(end.Problem), StartedAt = entry.StartedAt };
    }

    /// <summary>Whether the centre could read this: sent all the same it would end the link, over and over.</summary>
    public static bool IsSendable(TaskComplete end)
    {
        if (end.Result is { } result && JsonMarshal.GetRawUtf8Value(result).Length > TaskLimits.ResultBytes)
            return false;
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new Frame(null, long.MaxValue, long.MaxValue, end));
        return FrameCodec.Read(bytes.WrittenSpan).Ok;
    }
}
