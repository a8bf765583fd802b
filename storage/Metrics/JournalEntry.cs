namespace Outrider.Storage.Metrics;

/// <summary>A batch that is not folded yet.</summary>
/// <param name="Id">Rises with time.</param>
/// <param name="Bytes">As <see cref="JournalCodec"/> wrote it.</param>
public readonly record struct JournalEntry(long Id, byte[] Bytes);
