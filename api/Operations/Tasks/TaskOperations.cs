using Outrider.Api.Auth;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What callers may do with tasks of their tenant, the same for every front door. Every attempt is noted, refused ones too.</summary>
public sealed class TaskOperations(IGrains grains, IObservers observers, ITaskStore store, ITaskFiles files, Auditor audit, TimeProvider time)
{
    public const int DefaultSyncSeconds = 60;
    public const int MaxSyncSeconds = 300;
    public const int MaxNote = 1_000;

    /// <summary>A check reads nothing of a file; its grant only has to be one.</summary>
    private static readonly TimeSpan s_checkGrant = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Makes a task; with <see cref="TaskBody.Sync"/> waits for its end, and answers with how it stands when that time is up. The task goes
    /// on when the caller goes away.
    /// </summary>
    public async Task<Outcome<TaskView>> CreateAsync(Caller caller, TaskBody body, CancellationToken cancellation)
    {
        var request = Read(caller, body);
        var made = !request.Ok ? request.Problem : await GrainCalls.OrProblemAsync(
            () => Grain(caller, Guid.CreateVersion7().ToString("N")).CreateAsync(request.Value));
        await audit.RecordAsync(
            caller, "task.create", TenantRules.Short(body.AgentId ?? ""), made.Problem, body.Describe(), made.Value?.Id, CancellationToken.None);
        return !made.Ok ? made.Problem
            : body.Sync ? await WaitAsync(caller, made.Value.Id, body.Timeout ?? DefaultSyncSeconds, cancellation)
            : TaskView.Of(made.Value);
    }

    /// <summary>Asks the agent whether its policy would let this run; nothing runs. <c>agent_offline</c>.</summary>
    public async Task<Outcome<TaskCheck>> CheckAsync(Caller caller, TaskBody body, CancellationToken cancellation)
    {
        var request = Read(caller, body);
        var check = !request.Ok ? request.Problem
            : await GrainCalls.OrProblemAsync(() => CheckAsync(caller, request.Value, cancellation), request.Value.Agent, cancellation);
        await audit.RecordAsync(
            caller, "task.check", TenantRules.Short(body.AgentId ?? ""), check.Problem, body.Describe(), CancellationToken.None);
        return check;
    }

    /// <summary>One task; <c>task_not_found</c>.</summary>
    public async Task<Outcome<TaskView>> GetAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, id);
        if (!found.Ok)
            return found.Problem;
        var view = TaskView.Of(found.Value);
        if (view.Log is null)
            return view;
        var kept = await store.ReadLogEntriesAsync(caller.Tenant, id, found.Value.Attempt, cancellation);
        return view with { Log = view.Log with { Kept = kept.Sum(entry => (long)entry.Length) } };
    }

    /// <summary>Tasks, the newest first.</summary>
    public async Task<Outcome<TaskPage>> ListAsync(Caller caller, TaskQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.TasksRead) is { } problem)
            return problem;
        var query = question.ToQuery();
        if (!query.Ok)
            return query.Problem;
        TaskCursor? after = null;
        if (question.After is { } id)
        {
            if (await store.ReadAsync(caller.Tenant, id, cancellation) is not { } last)
                return Unknown(id);
            after = new TaskCursor(last.CreatedAt, last.Id);
        }
        var tasks = await store.ListAsync(caller.Tenant, query.Value, after, question.Limit, cancellation);
        return new TaskPage([.. tasks.Select(task => TaskView.Of(task) with { Result = null })], tasks.Count == question.Limit ? tasks[^1].Id : null);
    }

    /// <summary>Waits for a task's end, at most so many seconds; then it is as it is.</summary>
    public async Task<Outcome<TaskView>> WaitAsync(Caller caller, string id, int seconds, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.TasksRead) is { } problem)
            return problem;
        if (!TaskNames.IsId(id))
            return Unknown(id);
        var begun = await TaskWatch.BeginAsync(grains, observers, time, Key(caller, id), log: false);
        if (!begun.Ok)
            return begun.Problem;
        await using var watch = begun.Value;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await watch.UntilEndAsync(end.Token);
        return TaskView.Of(watch.Task) with { SyncTimedOut = !watch.Task.HasEnded };
    }

    /// <summary>Cancels a task, whoever asked for it; <c>conflict</c>: it is over.</summary>
    public async Task<Outcome<TaskView>> CancelAsync(Caller caller, string id) => ViewOf(
        await ChangeAsync(caller, "task.cancel", id, Permission.TasksRun, null, task => Grain(caller, task.Id).CancelAsync(caller.CredentialId)));

    /// <summary>Approves or rejects a task that waits for it; <c>forbidden</c>: one's own.</summary>
    public async Task<Outcome<TaskView>> DecideAsync(Caller caller, string id, bool approve, string? note) => ViewOf(
        note?.Length > MaxNote
            ? TenantRules.Invalid($"note may have {MaxNote} characters; it has {note.Length}.")
            : await ChangeAsync(caller, approve ? "task.approve" : "task.reject", id, Permission.TasksApprove, note,
                task => Grain(caller, task.Id).DecideAsync(approve, caller.CredentialId, note)));

    /// <summary>Removes a task and its log; <c>conflict</c>: it isn't over, and <paramref name="force"/>, which cancels it, isn't said.</summary>
    public Task<Outcome<Done>> DeleteAsync(Caller caller, string id, bool force) =>
        ChangeAsync(caller, "task.delete", id, Permission.TasksDelete, null, task => Grain(caller, task.Id).DeleteAsync(caller.CredentialId, force));

    /// <summary>A task's record; <c>task_not_found</c>.</summary>
    internal async Task<Outcome<TaskRecord>> FindAsync(Caller caller, string id)
    {
        if (Permissions.Require(caller, Permission.TasksRead) is { } problem)
            return problem;
        return TaskNames.IsId(id) ? await Grain(caller, id).GetAsync() : Unknown(id);
    }

    internal static string Key(Caller caller, string id) => GrainKeys.Join(caller.Tenant, id);

    internal static Problem Unknown(string id) => new(ProblemCodes.TaskNotFound,
        $"There is no task '{TenantRules.Short(id)}', or it was over more than {ITaskStore.Retention.TotalDays} days ago. GET /api/v1/tasks lists them.");

    private static Outcome<TaskView> ViewOf(Outcome<TaskRecord> task) => task.Ok ? TaskView.Of(task.Value) : task.Problem;

    private static Outcome<TaskRequest> Read(Caller caller, TaskBody body) =>
        Permissions.Require(caller, Permission.TasksRun) is { } forbidden ? forbidden
        : body.AgentId is not { Length: > 0 } agent ? TenantRules.Invalid("agent_id is missing: the agent's name.")
        : body.Timeout is < 1 or > MaxSyncSeconds ? TenantRules.Invalid($"timeout is 1 to {MaxSyncSeconds} seconds; how long the task may run is time_limit.")
        : !Names.IsAgent(agent) ? AgentOperations.UnknownAgent(TenantRules.Short(agent))
        : body.ToRequest(agent, caller.CredentialId);

    private async Task<Outcome<TaskCheck>> CheckAsync(Caller caller, TaskRequest request, CancellationToken cancellation)
    {
        var link = await grains.Get<IAgent>(GrainKeys.Join(caller.Tenant, request.Agent)).UseLinkAsync();
        if (!link.Ok)
            return link.Problem;
        TaskFile? file = null;
        if (request.FileId is { } id)
        {
            var granted = await files.GrantAsync(caller.Tenant, request.Agent, id, time.GetUtcNow() + s_checkGrant, cancellation);
            if (!granted.Ok)
                return granted.Problem;
            file = granted.Value;
        }
        var ended = await observers.Get(link.Value).RunAsync(
            new TaskCreate
            {
                TaskId = Guid.CreateVersion7().ToString("N"),
                Type = request.Type,
                Command = request.Command,
                Params = request.Params,
                File = file,
                TimeoutSeconds = request.TimeoutSeconds,
                Check = true,
                Actor = caller.CredentialId,
            },
            cancellation);
        return ended.Completion switch
        {
            { Status: TaskStatuses.Success } => new TaskCheck(true),
            { Problem: { Code: ProblemCodes.PolicyRefused or ProblemCodes.AgentLacksCapability or ProblemCodes.ConnectionNotConfigured } refused } =>
                TaskCheck.Refused(refused),
            { Problem: { } problem } => problem,
            var other => new Problem(ProblemCodes.Internal, $"The agent ended the check as '{other.Status}' without saying why."),
        };
    }

    private async Task<Outcome<T>> ChangeAsync<T>(
        Caller caller, string action, string id, Permission permission, string? note, Func<TaskRecord, Task<Outcome<T>>> change)
    {
        TaskRecord? task = null;
        var outcome = Permissions.Require(caller, permission) is { } forbidden ? forbidden : await GrainCalls.OrProblemAsync(async () =>
        {
            var found = await FindAsync(caller, id);
            if (!found.Ok)
                return found.Problem;
            task = found.Value;
            return await change(task);
        });
        var what = task is null ? "" : TaskFields.Describe(task.Request.Type, task.Request.Command);
        await audit.RecordAsync(
            caller, action, task?.Request.Agent ?? "", outcome.Problem, $"{what}{(note is null ? "" : $"; note: {note}")}", id,
            CancellationToken.None);
        return outcome;
    }

    private IAgentTask Grain(Caller caller, string id) => grains.Get<IAgentTask>(Key(caller, id));
}
