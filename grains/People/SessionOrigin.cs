namespace Outrider.Grains.People;

/// <summary>Where a session is opened from.</summary>
/// <param name="Ip">The address; null: it isn't known.</param>
/// <param name="Client">What the browser or program calls itself; null: it doesn't say.</param>
public sealed record SessionOrigin(string? Ip, string? Client);
