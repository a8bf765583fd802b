namespace Outrider.Grains.Secrets;

/// <summary>A secret without its value.</summary>
public sealed record SecretView(string Name, DateTimeOffset ChangedAt);
