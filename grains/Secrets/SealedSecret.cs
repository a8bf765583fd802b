namespace Outrider.Grains.Secrets;

/// <summary>A secret as it is stored.</summary>
/// <param name="Value">As <see cref="ISecretSealer.Seal"/> made it.</param>
public sealed record SealedSecret(byte[] Value, DateTimeOffset ChangedAt);
