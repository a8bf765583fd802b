namespace Outrider.Storage.Metrics;

/// <summary>A stretch of time (the end is not in it) that a query reads from one level.</summary>
internal readonly record struct QuerySegment(ChunkLevel Level, long From, long To);
