namespace Outrider.Grains.Metrics.PromQl;

/// <summary>A series of an instant vector.</summary>
/// <param name="Labels">Told apart by these.</param>
/// <param name="Values">One for each step; <see cref="Absent"/> where it has none.</param>
public sealed record StepSeries(LabelSet Labels, double[] Values);
