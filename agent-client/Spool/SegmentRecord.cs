namespace Outrider.Agent.Spool;

/// <summary>A record of a spool segment.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Time">When it was written, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Boot">Of the batch.</param>
/// <param name="Seq">Of the batch.</param>
/// <param name="Content">Where the batch's bytes lie in what was read; empty for an ack.</param>
internal readonly record struct SegmentRecord(SegmentRecordKind Kind, long Time, string Boot, ulong Seq, Range Content);
