namespace Outrider.Grains.Fleet;

/// <summary>A value of a label.</summary>
/// <param name="Value">The value.</param>
/// <param name="Agents">How many agents have it.</param>
public sealed record FleetLabelValue(string Value, int Agents);
