namespace Outrider.Grains.Tenancy;

/// <summary>An enrolment token without its secret.</summary>
public sealed record EnrolmentTokenView(
    string Id, List<string> Patterns, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, int Uses, int? MaxUses);
