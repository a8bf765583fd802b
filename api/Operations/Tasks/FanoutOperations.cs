using System.Collections.Concurrent;
using Outrider.Api.Auth;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What callers may do with fan-outs of their tenant. Every attempt is noted, refused ones too.</summary>
public sealed class FanoutOperations(IGrains grains, ITaskStore store, AgentOperations agents, Auditor audit)
{
    private const int MaxFailures = 100;

    /// <summary>Agents that are asked for their labels at once.</summary>
    private const int Abreast = 16;

    /// <summary>
    /// Makes a fan-out for the agents that match now. <c>agent_not_found</c>: a name of none; <c>no_agent_matches</c>: the patterns and
    /// labels match none.
    /// </summary>
    public async Task<Outcome<FanoutView>> CreateAsync(Caller caller, FanoutBody body, CancellationToken cancellation)
    {
        var made = Permissions.Require(caller, Permission.TasksRun) is { } forbidden
            ? forbidden
            : await GrainCalls.OrProblemAsync(() => CreateAllowedAsync(caller, body, cancellation));
        await audit.RecordAsync(
            caller, "fanout.create", TenantRules.Short(Whom(body.Agents ?? [], body.Labels ?? [])), made.Problem,
            body.Describe(), made.Value?.Id, CancellationToken.None);
        return ViewOf(made);
    }

    /// <summary>One fan-out with what went wrong; <c>fanout_not_found</c>.</summary>
    public async Task<Outcome<FanoutView>> GetAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, id);
        if (!found.Ok)
            return found.Problem;
        var failures = new List<FanoutFailure>();
        foreach (var status in (string[])[TaskStatuses.Failed, TaskStatuses.Lost, TaskStatuses.Canceled])
        {
            if (failures.Count == MaxFailures)
                break;
            var tasks = await store.ListAsync(
                caller.Tenant, new TaskQuery(Fanout: id, Status: status), null, MaxFailures - failures.Count, cancellation);
            failures.AddRange(tasks.Select(FailureOf));
        }
        return FanoutView.Of(found.Value) with { Failures = failures };
    }

    /// <summary>Fan-outs, the newest first.</summary>
    public async Task<Outcome<FanoutPage>> ListAsync(Caller caller, string? status, string? after, int limit, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.TasksRead) is { } problem)
            return problem;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        var wanted = status is null ? null : TaskNames.StatusOf(status);
        if (status is not null && wanted is null)
            return TenantRules.Invalid($"There is no status '{TenantRules.Short(status)}': pending, running, success, failed or canceled.");
        TaskCursor? cursor = null;
        if (after is not null)
        {
            if (await store.ReadFanoutAsync(caller.Tenant, after, cancellation) is not { } last)
                return Unknown(after);
            cursor = new TaskCursor(last.CreatedAt, last.Id);
        }
        var fanouts = await store.ListFanoutsAsync(caller.Tenant, wanted, cursor, limit, cancellation);
        return new FanoutPage([.. fanouts.Select(FanoutView.Of)], fanouts.Count == limit ? fanouts[^1].Id : null);
    }

    /// <summary>Begins no further batch and cancels the tasks that aren't over; <c>conflict</c>: it is over.</summary>
    public Task<Outcome<FanoutView>> CancelAsync(Caller caller, string id) =>
        ChangeAsync(caller, "fanout.cancel", id, Permission.TasksRun, null, fanout => fanout.CancelAsync(caller.CredentialId));

    /// <summary>Approves or rejects a fan-out that waits for it; <c>forbidden</c>: one's own.</summary>
    public async Task<Outcome<FanoutView>> DecideAsync(Caller caller, string id, bool approve, string? note) =>
        note?.Length > TaskOperations.MaxNote
            ? TenantRules.Invalid($"note may have {TaskOperations.MaxNote} characters; it has {note.Length}.")
            : await ChangeAsync(caller, approve ? "fanout.approve" : "fanout.reject", id, Permission.TasksApprove, note,
                fanout => fanout.DecideAsync(approve, caller.CredentialId, note));

    private async Task<Outcome<FanoutRecord>> CreateAllowedAsync(Caller caller, FanoutBody body, CancellationToken cancellation)
    {
        var request = body.ToFanout(caller.CredentialId);
        if (!request.Ok)
            return request.Problem;
        var names = await agents.MatchAsync(caller, request.Value.Patterns, IFanout.MaxAgents);
        if (!names.Ok)
            return names.Problem;
        var matched = await WithLabelsAsync(caller, names.Value, request.Value.Labels, cancellation);
        if (matched.Count == 0)
        {
            return new Problem(ProblemCodes.NoAgentMatches,
                $"No agent matches {TenantRules.Short(Whom(request.Value.Patterns, request.Value.Labels))}. GET /api/v1/agents shows names and labels.");
        }
        var size = BatchSize.Of(body.BatchSize, matched.Count);
        return size.Ok
            ? await Grain(caller, Guid.CreateVersion7().ToString("N")).CreateAsync(request.Value with { BatchSize = size.Value }, matched)
            : size.Problem;
    }

    private async Task<List<string>> WithLabelsAsync(
        Caller caller, List<string> names, Dictionary<string, string> labels, CancellationToken cancellation)
    {
        if (labels.Count == 0)
            return names;
        var having = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = cancellation };
        await Parallel.ForEachAsync(names, options, async (name, _) =>
        {
            var agent = await grains.Get<IAgent>(GrainKeys.Join(caller.Tenant, name)).GetAsync();
            if (agent.Value?.Facts?.Labels is { } own && labels.All(label => own.TryGetValue(label.Key, out var value) && Names.Matches(label.Value, value)))
                having.Add(name);
        });
        return [.. having.Order(StringComparer.Ordinal)];
    }

    private async Task<Outcome<FanoutView>> ChangeAsync(
        Caller caller, string action, string id, Permission permission, string? note, Func<IFanout, Task<Outcome<FanoutRecord>>> change)
    {
        FanoutRecord? before = null;
        var outcome = Permissions.Require(caller, permission) is { } forbidden ? forbidden : await GrainCalls.OrProblemAsync(async () =>
        {
            var found = await FindAsync(caller, id);
            before = found.Value;
            return found.Ok ? await change(Grain(caller, id)) : found.Problem;
        });
        var what = before is null ? "" : TaskFields.Describe(before.Request.Task.Type, before.Request.Task.Command);
        await audit.RecordAsync(
            caller, action, before is null ? "" : TenantRules.Short(Whom(before.Request.Patterns, before.Request.Labels)), outcome.Problem,
            $"{what}{(note is null ? "" : $"; note: {note}")}", id, CancellationToken.None);
        return ViewOf(outcome);
    }

    private async Task<Outcome<FanoutRecord>> FindAsync(Caller caller, string id)
    {
        if (Permissions.Require(caller, Permission.TasksRead) is { } problem)
            return problem;
        return TaskNames.IsId(id) ? await Grain(caller, id).GetAsync() : Unknown(id);
    }

    private static FanoutFailure FailureOf(TaskRecord task)
    {
        var why = task.Problem?.Message ?? (task.ExitCode is { } code ? $"It ended with exit code {code}." : "The agent didn't say why.");
        return new FanoutFailure(task.Request.Agent, task.Id, task.Status, why.AsSpan().EnumerateLines() is var lines && lines.MoveNext() ? lines.Current.ToString() : why);
    }

    private static string Whom(List<string> patterns, Dictionary<string, string> labels) =>
        string.Join(", ", patterns.Concat(labels.Select(label => $"{label.Key}={label.Value}")));

    private static Outcome<FanoutView> ViewOf(Outcome<FanoutRecord> fanout) => fanout.Ok ? FanoutView.Of(fanout.Value) : fanout.Problem;

    private static Problem Unknown(string id) => new(ProblemCodes.FanoutNotFound,
        $"There is no fan-out '{TenantRules.Short(id)}', or it was over more than {ITaskStore.Retention.TotalDays} days ago. GET /api/v1/fanouts lists them.");

    private IFanout Grain(Caller caller, string id) => grains.Get<IFanout>(GrainKeys.Join(caller.Tenant, id));
}
