namespace Outrider.Api.Operations.Fleet;

/// <summary>A metric of an agent over time.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Values">
/// One for each step: the average, or of a counter the rate per second; the highest of several series. Null: nothing was measured.
/// </param>
public sealed record FleetSparkline(string Agent, IReadOnlyList<double?> Values);
