using Outrider.Agent.Configuration;
using Outrider.Agent.Executors;
using Outrider.Agent.Logging;

namespace Outrider.Agent.Link;

/// <summary>An agent put together: its link to the centre and what it can do.</summary>
public sealed record AgentHost
{
    public required AgentOptions Options { get; init; }

    /// <summary>One per type; their types are the agent's capabilities.</summary>
    public required IReadOnlyList<IExecutor> Executors { get; init; }

    /// <summary>Null: the agent has no databases.</summary>
    public IStatusSource? Status { get; init; }

    public required AgentLog Log { get; init; }

    public required TimeProvider Time { get; init; }
}
