using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Lifecycle;

/// <summary>How a fan-out goes on: from how it stands and how its tasks are to how it stands then.</summary>
public static class FanoutPlan
{
    /// <summary>How often it is looked at while it runs, whoever forgets to tell it of an end.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private const string Running = "running";

    public static FanoutRecord Create(string id, FanoutRequest request, List<string> agents, string? approvalRule, DateTimeOffset at) => new()
    {
        Id = id,
        Request = request,
        Agents = agents,
        Status = approvalRule is null ? Running : "pending",
        CreatedAt = at,
        UpdatedAt = at,
        Approval = approvalRule is null ? null : new TaskApproval(ApprovalState.Waiting, approvalRule, at + TaskApproval.Life),
        DueAt = approvalRule is null ? at + LookEvery : at + TaskApproval.Life,
    };

    public static FanoutRecord Cancel(FanoutRecord fanout, string by, DateTimeOffset at) =>
        End(fanout, "canceled", new Problem(ProblemCodes.Canceled, "It was canceled."), at) with { CanceledBy = by };

    public static FanoutRecord Decide(FanoutRecord fanout, bool approve, string by, string? note, DateTimeOffset at)
    {
        var decided = fanout with
        {
            Approval = fanout.Approval! with { State = approve ? ApprovalState.Approved : ApprovalState.Rejected, By = by, At = at, Note = note },
        };
        return approve ? decided with { Status = Running, DueAt = at + LookEvery }
            : End(decided, "canceled", new Problem(ProblemCodes.ApprovalRefused, $"'{by}' rejected it{(note is null ? "." : $": {note}")}"), at);
    }

    /// <summary>What the counts and the time make of it.</summary>
    public static FanoutRecord Next(FanoutRecord fanout, IReadOnlyDictionary<string, int> counts, DateTimeOffset at)
    {
        var counted = fanout with { Counts = new Dictionary<string, int>(counts) };
        if (!fanout.IsOpen)
            return counted;
        if (fanout.Approval is { State: ApprovalState.Waiting } approval)
        {
            return at < approval.Until ? fanout
                : End(fanout with { Approval = approval with { State = ApprovalState.Expired } }, "canceled",
                    new Problem(ProblemCodes.ApprovalExpired, $"Nobody approved it within {TaskApproval.Life.TotalMinutes} minutes. Ask again."), at);
        }
        var over = Over(counts);
        if (over < fanout.Begun)
            return counted with { DueAt = at + LookEvery };
        var failed = over - counts.GetValueOrDefault(TaskStatuses.Success);
        if (fanout.Begun > 0 && (double)failed / over > fanout.Request.MaxFailureRatio && fanout.Begun < fanout.Agents.Count)
        {
            return End(counted, TaskStatuses.Failed, new Problem(ProblemCodes.CommandFailed,
                $"{failed} of {over} tasks did not succeed, more than max_failure_ratio {fanout.Request.MaxFailureRatio} allows: the other {fanout.Agents.Count - fanout.Begun} agents were left alone."), at);
        }
        if (fanout.Begun < fanout.Agents.Count)
            return Paused(counted, at);
        return failed == 0 ? End(counted, TaskStatuses.Success, null, at)
            : End(counted, TaskStatuses.Failed, new Problem(ProblemCodes.CommandFailed, $"{failed} of {over} tasks did not succeed."), at);
    }

    /// <summary>The places of the agents whose turn it is now; empty: nobody's.</summary>
    public static List<int> Batch(FanoutRecord fanout)
    {
        if (fanout.Status != Running || fanout.NextBatchAt is not null || Over(fanout.Counts) < fanout.Begun)
            return [];
        var left = fanout.Agents.Count - fanout.Begun;
        return [.. Enumerable.Range(fanout.Begun, fanout.Request.BatchSize > 0 ? Math.Min(left, fanout.Request.BatchSize) : left)];
    }

    /// <summary>So many more have been given their task.</summary>
    public static FanoutRecord Begun(FanoutRecord fanout, int count, DateTimeOffset at)
    {
        var counts = new Dictionary<string, int>(fanout.Counts);
        counts[TaskStatuses.Pending] = counts.GetValueOrDefault(TaskStatuses.Pending) + count;
        return fanout with { Begun = fanout.Begun + count, Counts = counts, DueAt = at + LookEvery };
    }

    /// <summary>Whether the one says anything that the other doesn't, times to look again aside.</summary>
    public static bool Differs(FanoutRecord before, FanoutRecord after) =>
        before.Status != after.Status || before.NextBatchAt != after.NextBatchAt || before.Approval != after.Approval
        || before.DueAt is { } due && after.DueAt is { } later && later - due >= LookEvery
        || before.Counts.Count != after.Counts.Count || before.Counts.Any(count => after.Counts.GetValueOrDefault(count.Key) != count.Value);

    /// <summary>A batch is over: the pause before the next one begins, runs, or is over.</summary>
    private static FanoutRecord Paused(FanoutRecord fanout, DateTimeOffset at)
    {
        if (fanout.Request.PauseSeconds == 0 || fanout.Begun == 0)
            return fanout;
        if (fanout.NextBatchAt is null)
            return fanout with { NextBatchAt = at + TimeSpan.FromSeconds(fanout.Request.PauseSeconds), DueAt = at + TimeSpan.FromSeconds(fanout.Request.PauseSeconds) };
        return at < fanout.NextBatchAt ? fanout with { DueAt = fanout.NextBatchAt } : fanout with { NextBatchAt = null };
    }

    private static int Over(IReadOnlyDictionary<string, int> counts) =>
        counts.Where(count => count.Key is not (TaskStatuses.Pending or TaskStatuses.Running)).Sum(count => count.Value);

    private static FanoutRecord End(FanoutRecord fanout, string status, Problem? problem, DateTimeOffset at) =>
        fanout with { Status = status, Problem = problem, FinishedAt = at, NextBatchAt = null, DueAt = null };
}
