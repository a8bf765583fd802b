namespace Outrider.Storage.Metrics;

/// <summary>Series of an agent that came together.</summary>
/// <param name="Agent">The agent's number.</param>
/// <param name="First">Ordinal of the first; the others follow.</param>
/// <param name="Table">A series table (docs/formats/metric-batch.md).</param>
public readonly record struct SeriesRow(int Agent, int First, byte[] Table);
