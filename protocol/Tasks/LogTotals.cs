namespace Outrider.Protocol.Tasks;

/// <summary>How much an attempt has written.</summary>
/// <param name="Chunks">Chunks of all streams: the number after the last one's.</param>
/// <param name="Stdout">Bytes.</param>
/// <param name="Stderr">Bytes.</param>
/// <param name="Note">Bytes.</param>
public sealed record LogTotals(uint Chunks = 0, long Stdout = 0, long Stderr = 0, long Note = 0);
