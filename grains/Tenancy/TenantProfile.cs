namespace Outrider.Grains.Tenancy;

/// <summary>What a new tenant is made of.</summary>
public sealed record TenantProfile
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public bool Enabled { get; init; } = true;

    public TenantQuotas Quotas { get; init; } = new();

    /// <summary>Where the centre dials the agent in set-ups of the older kind; null for agents that dial out.</summary>
    public string? AgentUrl { get; init; }
}
