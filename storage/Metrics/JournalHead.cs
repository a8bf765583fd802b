namespace Outrider.Storage.Metrics;

/// <summary>How much of an agent waits in the journal.</summary>
/// <param name="Agent">The agent's number.</param>
/// <param name="Count">Batches.</param>
/// <param name="Bytes">Their length.</param>
/// <param name="From">The time of its earliest sample, or earlier.</param>
/// <param name="Since">When the first of them came; null: not known.</param>
public readonly record struct JournalHead(int Agent, int Count, long Bytes, long From = 0, long? Since = null);
