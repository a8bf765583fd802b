namespace Outrider.Grains.Tenancy;

/// <summary>A new enrolment token.</summary>
/// <param name="Patterns">Agent names it is good for, '*' for any run of characters: <c>prod-*</c>.</param>
/// <param name="ExpiresAt">When it stops; null: never.</param>
/// <param name="MaxUses">How many agents it lets in; null: any number.</param>
public sealed record EnrolmentTokenRequest(List<string> Patterns, DateTimeOffset? ExpiresAt, int? MaxUses);
