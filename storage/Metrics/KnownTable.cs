namespace Outrider.Storage.Metrics;

/// <summary>A series table that an agent has sent, and what it means.</summary>
/// <param name="Bytes">The table.</param>
/// <param name="Ordinals">The series at each position; −1: left out, by the series limit.</param>
/// <param name="Runs">The same, as <see cref="JournalCodec"/> writes it.</param>
/// <param name="LeftOut">How many series were left out.</param>
internal sealed record KnownTable(byte[] Bytes, int[] Ordinals, byte[] Runs, int LeftOut);
