namespace Outrider.Grains.People;

/// <summary>An invitation as it is kept.</summary>
/// <param name="Hash">As <see cref="Protocol.Credentials.Credential.Hash"/>.</param>
public sealed record UserInvitation(string Hash, DateTimeOffset ExpiresAt);
