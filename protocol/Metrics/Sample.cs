namespace Outrider.Protocol.Metrics;

/// <summary>One measurement.</summary>
/// <param name="Time">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Value">Any double, also NaN and the infinities. What isn't known has no sample at all.</param>
public readonly record struct Sample(long Time, double Value);
