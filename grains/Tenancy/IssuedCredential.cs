namespace Outrider.Grains.Tenancy;

/// <summary>A credential as it is shown once.</summary>
/// <param name="Id">Names it from now on.</param>
/// <param name="Secret">The whole text; the centre keeps only a hash of it.</param>
public sealed record IssuedCredential(string Id, string Secret, DateTimeOffset? ExpiresAt);
