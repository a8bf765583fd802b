namespace Outrider.Grains.Tenancy;

/// <summary>An enrolment token as it is kept.</summary>
public sealed record TenantToken
{
    public required string Id { get; init; }

    /// <summary>As <see cref="Protocol.Credentials.Credential.Hash"/>.</summary>
    public required string Hash { get; init; }

    public required List<string> Patterns { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public int? MaxUses { get; init; }

    /// <summary>Agents it has let in, revoked ones too.</summary>
    public int Uses { get; init; }

    /// <summary>Agents it has let in and that weren't revoked since: asking again for one of them isn't another use.</summary>
    public List<string> Agents { get; init; } = [];

    /// <summary>When it stopped, or will stop, to be good; null: never.</summary>
    public DateTimeOffset? EndsAt() => RevokedAt ?? ExpiresAt;

    public bool IsLive(DateTimeOffset at) => RevokedAt is null && !(ExpiresAt <= at);

    public EnrolmentTokenView ToView() => new(Id, Patterns, CreatedAt, ExpiresAt, RevokedAt, Uses, MaxUses);
}
