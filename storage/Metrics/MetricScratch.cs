using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>Buffers that a reader or the maintenance fills again and again; one at a time.</summary>
internal sealed class MetricScratch
{
    public SampleColumns Batch { get; } = new();

    public SampleSorter Sorter { get; } = new();

    public ChunkReader Reader { get; } = new();

    public Columns Raw { get; } = new(1);

    public Columns Steps { get; } = new(RollUp.Fields);

    /// <summary>Opens a chunk; a damaged one is a <see cref="StorageException"/> that says which.</summary>
    public void Open(StoredChunk chunk) => Open(Reader, chunk);

    public static void Open(ChunkReader reader, StoredChunk chunk)
    {
        try
        {
            reader.Open(chunk.Bytes);
        }
        catch (FormatException e)
        {
            throw Damaged(chunk.Key, e);
        }
    }

    /// <summary>Adds samples of a journal entry to the sorter; a damaged one is a <see cref="StorageException"/> that says which.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="wanted">As <see cref="JournalCodec.Read"/> takes it.</param>
    public void Take(JournalEntry entry, int[]? wanted)
    {
        try
        {
            JournalCodec.Read(entry.Bytes, wanted, Batch, Sorter);
        }
        catch (FormatException e)
        {
            throw new StorageException($"Entry {entry.Id} of the metric store's journal is damaged. Restore the store from a backup.", e);
        }
    }

    public static StorageException Damaged(ChunkKey key, FormatException e) => new(
        $"A chunk of the metric store is damaged ({key}): {e.Message} Restore the store from a backup, or remove the agent's metrics.", e);
}
