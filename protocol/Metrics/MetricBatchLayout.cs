namespace Outrider.Protocol.Metrics;

/// <summary>Where the parts of an encoded batch lie in it. A part that isn't there is empty.</summary>
/// <param name="Boot">As <see cref="MetricBatch.Boot"/>.</param>
/// <param name="Seq">As <see cref="MetricBatch.Seq"/>.</param>
/// <param name="SeriesTable">The content of that block.</param>
/// <param name="Samples">The content of that block.</param>
/// <param name="Processes">The content of that block.</param>
public readonly record struct MetricBatchLayout(string Boot, ulong Seq, Range SeriesTable, Range Samples, Range Processes);
