namespace Outrider.Api.Health;

/// <summary>Answer of <c>/health</c>: the process lives.</summary>
/// <param name="Status">Always <c>healthy</c>: a centre that isn't doesn't answer.</param>
public sealed record HealthView(string Status, string Service, string Version, double UptimeSeconds);
