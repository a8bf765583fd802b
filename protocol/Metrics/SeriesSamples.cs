namespace Outrider.Protocol.Metrics;

/// <summary>A series with what was measured, in the order it was.</summary>
public sealed record SeriesSamples(Series Series, IReadOnlyList<Sample> Samples);
