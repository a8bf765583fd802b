namespace Outrider.Grains.Fleet;

/// <summary>A label that some agents have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values, in order; of more than 200 those that most agents have.</param>
public sealed record FleetLabel(string Name, IReadOnlyList<FleetLabelValue> Values);
