using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>An agent as callers see it.</summary>
public sealed record AgentView
{
    public required string Name { get; init; }

    public required AgentStatus Status { get; init; }

    /// <summary>Whether it has a link now.</summary>
    public required bool Connected { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What it said of itself when it last connected; null if it never did.</summary>
    public AgentFacts? Facts { get; init; }

    public required List<DatabaseState> Databases { get; init; }

    /// <summary>How its measurements arrive; null: none have.</summary>
    public AgentMetricsView? Metrics { get; init; }
}
