namespace Outrider.Api.Rest.Requests;

/// <summary>A new enrolment token.</summary>
/// <param name="Patterns">Agent names it is good for, '*' for any run of characters: prod-*.</param>
/// <param name="MaxUses">How many agents it lets in; any number if left out.</param>
/// <param name="ExpiresAt">When it stops; never if left out.</param>
public sealed record TokenRequest(List<string> Patterns, int? MaxUses = null, DateTimeOffset? ExpiresAt = null);
