namespace Outrider.Grains.People;

/// <summary>A session that was just opened.</summary>
/// <param name="Secret">The whole credential, shown this once; the centre keeps only a hash of it.</param>
/// <param name="ExpiresAt">When it is over unless it is used.</param>
public sealed record OpenedSession(UserView User, string Secret, DateTimeOffset ExpiresAt);
