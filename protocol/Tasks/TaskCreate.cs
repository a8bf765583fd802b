using System.Text.Json;
using Outrider.Protocol.Link;

namespace Outrider.Protocol.Tasks;

/// <summary>
/// Centre to agent, frame <c>task_create</c>: do this. A <b>query</b> (<see cref="Attempt"/> 0: type <c>sql</c>, or <see cref="Check"/>) lives
/// as long as the link it came over, and whoever asked waits. A <b>task</b> (attempt 1 and up) is journalled by the agent before it starts,
/// outlives links and restarts, and is run once per attempt however often it comes.
/// </summary>
public sealed record TaskCreate : ILinkMessage
{
    public required string TaskId { get; init; }

    /// <summary>The executor: one of <see cref="TaskTypes"/>, or <c>sql</c>.</summary>
    public required string Type { get; init; }

    /// <summary>0: a query. Else counts the attempts at a task: 1, 2, …</summary>
    public int Attempt { get; init; }

    /// <summary>What to run; what it is depends on the type. For <c>sql</c>: the one statement.</summary>
    public string? Command { get; init; }

    /// <summary>An object: how to run it, by type (docs/tasks.md). May hold references <c>${secret:NAME}</c>, which the agent fills in.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>The file that the task uses; null: none.</summary>
    public TaskFile? File { get; init; }

    /// <summary>For <c>sql</c>: its limits; the agent's own if null.</summary>
    public SqlLimits? Limits { get; init; }

    /// <summary>Seconds that a task may run from its start, 1 to 86 400; then the agent ends it. The agent's own limit holds besides.</summary>
    public int TimeoutSeconds { get; init; } = TaskTypes.DefaultTimeoutSeconds;

    /// <summary>1 to 10: the higher, the sooner it leaves the agent's queue.</summary>
    public int Priority { get; init; } = TaskTypes.DefaultPriority;

    /// <summary>A query that asks only whether the agent's policy would let this run: its end is success, or <c>failed</c> with <c>policy_refused</c>.</summary>
    public bool Check { get; init; }

    /// <summary>Who asked, for the agent's audit: a key or user id, never a secret.</summary>
    public string? Actor { get; init; }
}
