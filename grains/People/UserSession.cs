namespace Outrider.Grains.People;

/// <summary>A session as it is kept.</summary>
public sealed record UserSession
{
    public required string Id { get; init; }

    /// <summary>As <see cref="Protocol.Credentials.Credential.Hash"/>.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was used last, to five minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was ended before that; null: it wasn't.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The address it was opened from; null: it isn't known.</summary>
    public string? Ip { get; init; }

    /// <summary>What it was opened with, as that calls itself; null: it didn't say.</summary>
    public string? Client { get; init; }

    public bool IsLive(DateTimeOffset at) => EndedAt is null && ExpiresAt > at;
}
