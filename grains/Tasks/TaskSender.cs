using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>The way from a task to its agent. Used by one grain.</summary>
internal sealed class TaskSender(GrainContext context, ITaskFiles files)
{
    /// <summary>How much longer than its own time a task may read its file: it may wait in the agent's queue before it begins.</summary>
    private static readonly TimeSpan s_grantSlack = TimeSpan.FromDays(1);

    private readonly string _tenant = GrainKeys.Split(context.Key)[0];
    private readonly string _task = GrainKeys.Split(context.Key)[1];

    /// <summary>The agent's link. <c>agent_not_found</c>, <c>agent_offline</c>; <c>agent_lacks_capability</c>: it doesn't run such tasks.</summary>
    public async Task<Outcome<ObserverRef<IAgentLink>>> FindAsync(TaskRequest request)
    {
        var view = await Agent(request).GetAsync();
        if (!view.Ok)
            return view.Problem;
        if (view.Value.Facts?.Capabilities is { } can && !can.Contains(request.Type))
        {
            return new Problem(ProblemCodes.AgentLacksCapability,
                $"Agent '{request.Agent}' does not run tasks of type '{request.Type}'. Its owner can enable the type in policy.json on the machine.");
        }
        return await Agent(request).UseLinkAsync();
    }

    /// <summary>When its agent was last heard; null: it is online, or that isn't known.</summary>
    public async Task<DateTimeOffset?> LastSeenAsync(TaskRequest request) =>
        await Agent(request).GetAsync() is { Ok: true, Value: { Status: AgentStatus.Offline } view } ? view.LastSeenAt : null;

    /// <summary>Null: the file that it names is there, or it names none.</summary>
    public async Task<Problem?> MissingFileAsync(TaskRequest request) => (await GrantAsync(request)).Problem;

    /// <summary>Sends the task. Null: it is under way.</summary>
    public async Task<Problem?> CreateAsync(TaskRecord task, ObserverRef<IAgentLink> link)
    {
        var file = await GrantAsync(task.Request);
        if (!file.Ok)
            return file.Problem;
        var create = new TaskCreate
        {
            TaskId = _task,
            Attempt = task.Attempt,
            Type = task.Request.Type,
            Command = task.Request.Command,
            Params = task.Request.Params,
            File = file.Value.File,
            TimeoutSeconds = task.Request.TimeoutSeconds,
            Priority = task.Request.Priority,
            Actor = task.Request.CreatedBy,
        };
        return await SendAsync(link, new TaskMessage(Create: create));
    }

    /// <summary>Sends a message over the agent's present link, if it has one.</summary>
    public async Task SendAsync(TaskRequest request, TaskMessage message)
    {
        if (await Agent(request).UseLinkAsync() is { Ok: true, Value: var link })
            await SendAsync(link, message);
    }

    /// <summary>Sends a message over this link. Null: it is under way.</summary>
    public async Task<Problem?> SendAsync(ObserverRef<IAgentLink> link, TaskMessage message)
    {
        try
        {
            return (await context.Observers.Get(link).SendAsync(message)).Problem;
        }
        catch (Exception e) when (e is ObserverGoneException or TimeoutException or UnavailableException)
        {
            return new Problem(ProblemCodes.LinkLost, "The link to the agent broke.");
        }
    }

    private IAgent Agent(TaskRequest request) => context.Grains.Get<IAgent>(GrainKeys.Join(_tenant, request.Agent));

    private async Task<Outcome<Granted>> GrantAsync(TaskRequest request)
    {
        if (request.FileId is not { } file)
            return new Granted(null);
        var until = context.Time.GetUtcNow() + TimeSpan.FromSeconds(request.TimeoutSeconds) + s_grantSlack;
        var granted = await files.GrantAsync(_tenant, request.Agent, file, until, CancellationToken.None);
        return granted.Ok ? new Granted(granted.Value) : granted.Problem;
    }

    private sealed record Granted(TaskFile? File);
}
