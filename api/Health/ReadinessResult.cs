namespace Outrider.Api.Health;

/// <summary>What a check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Detail">Why it isn't ok, or what it found.</param>
public sealed record ReadinessResult(string Name, ReadinessStatus Status, string? Detail);
