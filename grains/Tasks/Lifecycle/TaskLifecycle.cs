using System.Diagnostics.CodeAnalysis;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Lifecycle;

/// <summary>The state machine of a task: from how it stands and what has happened to how it stands then. Times are the centre's.</summary>
public static class TaskLifecycle
{
    /// <summary>Sent again when the agent hasn't said for so long that it has it.</summary>
    public static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>A task whose agent wasn't heard for so long is lost, until the agent returns.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(10);

    /// <summary>How often a task that an agent has is looked at.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>A new task.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="approvalRule">The rule by which it needs approval; null: it needs none.</param>
    /// <param name="at">Now.</param>
    public static TaskRecord Create(string id, TaskRequest request, string? approvalRule, DateTimeOffset at) => Due(
        new TaskRecord
        {
            Id = id,
            Request = request,
            CreatedAt = at,
            UpdatedAt = at,
            ReadyAt = at,
            Approval = approvalRule is null ? null : new TaskApproval(ApprovalState.Waiting, approvalRule, at + TaskApproval.Life),
        },
        at);

    /// <summary>Whether it may be sent now, for the first time or again.</summary>
    public static bool MayBeSent(TaskRecord task, DateTimeOffset at) =>
        task is { Status: TaskStatuses.Pending, AcceptedAt: null, CancelRequestedAt: null }
        && task.Approval is null or { State: ApprovalState.Approved }
        && at >= task.ReadyAt;

    /// <summary>It is about to be sent.</summary>
    public static TaskRecord Sent(TaskRecord task, string link, DateTimeOffset at) =>
        Due(task with { SentAt = at, SentOver = link, UpdatedAt = at }, at);

    /// <summary>The agent says how it is doing. Null: it isn't this attempt, or it is over: the agent should forget it.</summary>
    public static TaskRecord? Reported(TaskRecord task, TaskReport report, DateTimeOffset at)
    {
        if (report.Attempt != task.Attempt || !task.IsOpen)
            return null;
        var runs = report.Status != TaskStatuses.Pending;
        // What is over doesn't begin again because a report was late.
        if (task.Status == TaskStatuses.Running && !runs)
            return task;
        return Due(
            task with
            {
                Status = runs ? TaskStatuses.Running : TaskStatuses.Pending,
                AwaitsAgent = false,
                Problem = task.AwaitsAgent ? null : task.Problem,
                FinishedAt = null,
                AcceptedAt = task.AcceptedAt ?? at,
                Position = runs ? null : report.Position,
                StartedAt = runs ? task.StartedAt ?? StartOf(task, report.StartedAt, at) : null,
                UpdatedAt = at,
            },
            at);
    }

    /// <summary>The agent has ended an attempt. Null: it isn't this attempt, or it was over: the agent should forget it.</summary>
    public static TaskRecord? Completed(TaskRecord task, TaskComplete end, DateTimeOffset at)
    {
        if (end.Attempt != task.Attempt || !task.IsOpen)
            return null;
        DateTimeOffset? started = end.StartedAt is null ? null : task.StartedAt ?? StartOf(task, end.StartedAt, at);
        var ended = task with
        {
            Status = end.Status,
            AwaitsAgent = false,
            AcceptedAt = task.AcceptedAt ?? at,
            Position = null,
            StartedAt = started,
            FinishedAt = at,
            Result = end.Result,
            ExitCode = end.ExitCode,
            Problem = end.Problem,
            Log = end.Log,
            UpdatedAt = at,
        };
        return Retry(ended, at) ?? Due(ended, at);
    }

    /// <summary>Somebody cancels it. At once where the agent can't have it.</summary>
    public static TaskRecord Cancel(TaskRecord task, string by, DateTimeOffset at)
    {
        var asked = task with { CancelRequestedAt = task.CancelRequestedAt ?? at, CanceledBy = task.CanceledBy ?? by, UpdatedAt = at };
        return task.SentAt is null ? Canceled(asked, at) : Due(asked, at);
    }

    /// <summary>A second person has decided.</summary>
    public static TaskRecord Decide(TaskRecord task, bool approve, string by, string? note, DateTimeOffset at)
    {
        var decided = task with
        {
            Approval = task.Approval! with { State = approve ? ApprovalState.Approved : ApprovalState.Rejected, By = by, At = at, Note = note },
            ReadyAt = at,
            UpdatedAt = at,
        };
        return approve ? Due(decided, at)
            : End(decided, TaskStatuses.Canceled, new Problem(ProblemCodes.ApprovalRefused, $"'{by}' rejected it{(note is null ? "." : $": {note}")}"), at);
    }

    /// <summary>What time alone makes of it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="lastSeen">When its agent was last heard; null: it is heard now, or that isn't known.</param>
    /// <param name="at">Now.</param>
    public static TaskRecord Look(TaskRecord task, DateTimeOffset? lastSeen, DateTimeOffset at) => task switch
    {
        { HasEnded: true } => task,
        { Approval: { State: ApprovalState.Waiting } approval } => at < approval.Until ? Due(task, at)
            : End(
                task with { Approval = approval with { State = ApprovalState.Expired } }, TaskStatuses.Canceled,
                new Problem(ProblemCodes.ApprovalExpired, $"Nobody approved it within {TaskApproval.Life.TotalMinutes} minutes. Ask again."), at),
        { AcceptedAt: null } when at >= task.ReadyAt + TimeSpan.FromSeconds(task.Request.WaitSeconds) => NotTaken(task, at),
        { AcceptedAt: null } => Due(task, at),
        { Status: TaskStatuses.Running, StartedAt: { } started } when at >= LatestEnd(task, started) => Unheard(
            task, $"Nothing came of it for {TaskLimits.WatchGrace.TotalSeconds} s after its time limit.", at),
        _ when lastSeen is { } seen && at - seen >= LostAfter => Unheard(
            task, $"Its agent was last heard at {seen:yyyy-MM-ddTHH:mm:ssZ}. What has become of it shows when the agent returns.", at),
        _ => Due(task, at),
    };

    /// <summary>The agent, linked anew, doesn't know it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="link">The new link.</param>
    /// <param name="at">Now.</param>
    public static TaskRecord Unknown(TaskRecord task, string link, DateTimeOffset at)
    {
        if (!task.IsOpen || task.SentAt is null || task.SentOver == link)
            return task;
        if (task is { Status: TaskStatuses.Pending, AcceptedAt: null })
            return task.CancelRequestedAt is null ? task : Canceled(task, at);
        var lost = task with
        {
            Status = TaskStatuses.Lost,
            AwaitsAgent = false,
            Position = null,
            FinishedAt = at,
            UpdatedAt = at,
            Problem = new Problem(ProblemCodes.TaskLost, "The agent has returned and knows nothing of it: its data folder was lost. What the task did isn't known."),
        };
        return Retry(lost, at) ?? Due(lost, at);
    }

    /// <summary>It can't be done: it ends as failed.</summary>
    public static TaskRecord Fail(TaskRecord task, Problem problem, DateTimeOffset at) => End(task, TaskStatuses.Failed, problem, at);

    private static TaskRecord Canceled(TaskRecord task, DateTimeOffset at) =>
        End(task, TaskStatuses.Canceled, new Problem(ProblemCodes.Canceled, "It was canceled before it began."), at);

    private static TaskRecord NotTaken(TaskRecord task, DateTimeOffset at) => task.SentAt is null
        ? End(task, TaskStatuses.Failed, new Problem(ProblemCodes.AgentOffline,
            $"The agent was offline for the {task.Request.WaitSeconds} s that the task was to wait."), at)
        : Unheard(task, "It was sent, but the agent hasn't said since that it has it.", at);

    private static TaskRecord Unheard(TaskRecord task, string why, DateTimeOffset at) =>
        End(task, TaskStatuses.Lost, new Problem(ProblemCodes.TaskLost, why), at) with { AwaitsAgent = true };

    private static TaskRecord End(TaskRecord task, string status, Problem problem, DateTimeOffset at) =>
        Due(task with { Status = status, Problem = problem, AwaitsAgent = false, Position = null, FinishedAt = at, UpdatedAt = at }, at);

    /// <summary>The next attempt, if there is to be one; else null.</summary>
    private static TaskRecord? Retry(TaskRecord ended, DateTimeOffset at)
    {
        var again = ended.Status is TaskStatuses.Failed or TaskStatuses.Lost && ended.Attempt <= ended.Request.Retries
            && ended.CancelRequestedAt is null && TaskFaults.MayRepeat(ended.Request) && IsWorthAnother(ended.Problem);
        return !again ? null : Due(
            ended with
            {
                Status = TaskStatuses.Pending,
                Attempt = ended.Attempt + 1,
                ReadyAt = at + TimeSpan.FromSeconds(ended.Request.RetrySeconds),
                SentAt = null,
                SentOver = null,
                AcceptedAt = null,
                StartedAt = null,
                FinishedAt = null,
                Log = null,
            },
            at);
    }

    private static bool IsWorthAnother(Problem? problem) => problem?.Code is not (
        ProblemCodes.PolicyRefused or ProblemCodes.InvalidArgument or ProblemCodes.AgentLacksCapability or ProblemCodes.ConnectionNotConfigured
        or ProblemCodes.PayloadTooLarge or ProblemCodes.FileNotFound);

    /// <summary>The agent's clock may be off: it began between being sent and now.</summary>
    private static DateTimeOffset StartOf(TaskRecord task, long? told, DateTimeOffset at)
    {
        var start = told is { } ms and > 0 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : at;
        return start > at ? at : task.SentAt is { } sent && start < sent ? sent : start;
    }

    private static DateTimeOffset LatestEnd(TaskRecord task, DateTimeOffset started) =>
        started + TimeSpan.FromSeconds(task.Request.TimeoutSeconds) + TaskLimits.WatchGrace;

    [SuppressMessage("Style", "IDE0072", Justification = "The last arm is for all others.")]
    private static TaskRecord Due(TaskRecord task, DateTimeOffset at)
    {
        var waitEnds = task.ReadyAt + TimeSpan.FromSeconds(task.Request.WaitSeconds);
        DateTimeOffset? due = task switch
        {
            { HasEnded: true } => null,
            { Approval: { State: ApprovalState.Waiting } approval } => approval.Until,
            { AcceptedAt: null } when at < task.ReadyAt => task.ReadyAt,
            { AcceptedAt: null, SentAt: { } sent } when sent + SendAgainAfter > at => Earlier(sent + SendAgainAfter, waitEnds),
            { AcceptedAt: null } => Earlier(at + SendAgainAfter, waitEnds),
            { StartedAt: { } started } when LatestEnd(task, started) > at => Earlier(at + LookEvery, LatestEnd(task, started)),
            _ => at + LookEvery,
        };
        return task with { DueAt = due };
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
