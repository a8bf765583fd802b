namespace Outrider.Protocol.Metrics;

/// <summary>What an agent measured between two reports. (<see cref="Boot"/>, <see cref="Seq"/>) makes it one of its kind within its agent.</summary>
/// <param name="Boot">The agent's boot in which it was made, which a spool may outlive; an id as on the link.</param>
/// <param name="Seq">Counts the batches of a boot: 1, 2, 3, …</param>
/// <param name="Series">Where a series stands there twice and both hold a sample of one time, the later one counts.</param>
/// <param name="Processes">A snapshot of the processes; null: none in this batch.</param>
public sealed record MetricBatch(string Boot, ulong Seq, IReadOnlyList<SeriesSamples> Series, ProcessTable? Processes = null);
