namespace Outrider.Grains.Tenancy;

/// <summary>A change to a tenant; what is null stays as it is.</summary>
public sealed record TenantUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Enabled { get; init; }

    public TenantQuotas? Quotas { get; init; }

    public string? AgentUrl { get; init; }
}
