namespace Outrider.Api.Operations.People;

/// <summary>A link by which a user chooses a password, once. Shown this once.</summary>
/// <param name="ExpiresAt">Until when it is good.</param>
public sealed record InvitationView(string Url, DateTimeOffset ExpiresAt);
