namespace Outrider.Grains.People;

/// <summary>An attempt to sign in that was counted and may be looked at.</summary>
/// <param name="PasswordHash">What the password is to be compared with; null: there is no such user, or one without a password.</param>
public sealed record SignInAttempt(string? PasswordHash);
