namespace Outrider.Storage.Metrics;

/// <summary>What a batch brings into the journal.</summary>
/// <param name="Bytes">As <see cref="JournalCodec"/> wrote it.</param>
/// <param name="From">The time of its earliest sample.</param>
/// <param name="At">The time now.</param>
public readonly record struct NewEntry(byte[] Bytes, long From, long At);
