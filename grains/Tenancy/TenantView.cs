namespace Outrider.Grains.Tenancy;

/// <summary>A tenant as its administrators see it: no secret, no hash.</summary>
public sealed record TenantView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required bool Enabled { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required TenantQuotas Quotas { get; init; }

    public required TenantUsage Usage { get; init; }

    public string? AgentUrl { get; init; }

    public required List<ApiKeyView> Keys { get; init; }

    public required List<EnrolmentTokenView> EnrolmentTokens { get; init; }
}
