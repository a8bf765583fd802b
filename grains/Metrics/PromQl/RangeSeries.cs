using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>A series of a range vector, at one time.</summary>
public sealed record RangeSeries(LabelSet Labels, IReadOnlyList<Sample> Samples);
