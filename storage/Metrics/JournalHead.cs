namespace Outrider.Storage.Metrics;

/// <summary>How much of an agent waits in the journal.</summary>
public readonly record struct JournalHead(int Agent, int Count, long Bytes);
