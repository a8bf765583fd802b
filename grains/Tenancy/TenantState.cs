using Outrider.Grains.Agents;

namespace Outrider.Grains.Tenancy;

/// <summary>What is kept of a tenant. Secrets are kept as hashes only.</summary>
public sealed record TenantState
{
    public DateTimeOffset CreatedAt { get; init; }

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public bool Enabled { get; init; }

    public TenantQuotas Quotas { get; init; } = new();

    public string? AgentUrl { get; init; }

    /// <summary>What is asked of all its agents.</summary>
    public AgentSettings Agents { get; init; } = AgentSettings.None;

    public List<TenantKey> Keys { get; init; } = [];

    public List<TenantToken> Tokens { get; init; } = [];

    /// <summary>The month of <see cref="ReservedQueries"/>, yyyy-MM in UTC.</summary>
    public string Month { get; init; } = "";

    /// <summary>Queries that may have been counted in that month: the high-water mark of <see cref="QueryCount"/>.</summary>
    public long ReservedQueries { get; init; }
}
