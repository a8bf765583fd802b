namespace Outrider.Grains.Tenancy;

/// <summary>An API key as it is kept.</summary>
public sealed record TenantKey
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As <see cref="Protocol.Credentials.Credential.Hash"/>.</summary>
    public required string Hash { get; init; }

    public required Role Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it stopped, or will stop, to be good; null: never.</summary>
    public DateTimeOffset? EndsAt() => RevokedAt ?? ExpiresAt;

    public bool IsLive(DateTimeOffset at) => RevokedAt is null && !(ExpiresAt <= at);

    public ApiKeyView ToView() => new(Id, Name, Role, CreatedAt, ExpiresAt, RevokedAt);
}
