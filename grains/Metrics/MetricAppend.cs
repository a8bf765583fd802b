using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics;

/// <summary>What became of a batch.</summary>
/// <param name="Duplicate">It was stored before; nothing was done.</param>
/// <param name="Samples">Samples stored.</param>
/// <param name="Number">Counts the batches stored of the agent, from 1; of a duplicate 0.</param>
/// <param name="Refused">
/// Null, or <see cref="ProblemCodes.SeriesLimit"/>: the tenant has as many series as it may, so the samples of new ones were left out. The
/// rest is stored, and the batch is done with.
/// </param>
public sealed record MetricAppend(bool Duplicate, int Samples, long Number, Problem? Refused = null);
