namespace Outrider.Grains.Tenancy;

/// <summary>An API key without its secret.</summary>
public sealed record ApiKeyView(string Id, string Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);
