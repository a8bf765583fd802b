using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>Takes an agent's batches out of the journal and puts their samples, by series and time, into folded chunks.</summary>
internal sealed class MetricFolder(IMetricBackend backend)
{
    /// <summary>A sample may be so much ahead of the centre's clock.</summary>
    public const long Ahead = ChunkSpans.Day;

    private readonly MetricScratch _scratch = new();
    private readonly SortedDictionary<int, ChunkWriter> _writers = [];
    private readonly Stack<ChunkWriter> _free = [];

    /// <summary>Folds all that waits. How much that is the size of a batch and <see cref="MetricStoreOptions.FoldBytes"/> bound.</summary>
    public async ValueTask FoldAsync(TenantMetrics tenant, AgentMetrics agent, long now, CancellationToken cancellation)
    {
        agent.BeginFold();
        var (journal, _) = await backend.ReadAsync(agent.No, [], cancellation).ConfigureAwait(false);
        _scratch.Sorter.Clear();
        foreach (var entry in journal)
            _scratch.Take(entry, null);
        var chunks = Write(tenant, agent, now);
        if (journal.Count > 0)
        {
            await backend.MoveAsync(
                new MetricMove
                {
                    RemoveJournal = (agent.No, journal[^1].Id, now),
                    Put = chunks,
                    AddDays = chunks.ConvertAll(chunk => new DayOfAgent(chunk.Key.Window / ChunkSpans.RawWindowsPerDay, agent.No)),
                },
                cancellation).ConfigureAwait(false);
        }
        agent.Folded(chunks.Select(chunk => chunk.Key.Window), journal.Count, journal.Sum(entry => (long)entry.Bytes.Length), now);
    }

    private List<StoredChunk> Write(TenantMetrics tenant, AgentMetrics agent, long now)
    {
        var earliest = tenant.Row.MinuteFrom * ChunkSpans.Day;
        var latest = now + Ahead;
        var refused = 0;
        ReturnWriters();
        var count = _scratch.Sorter.Sort();
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            ReadOnlySpan<long> times = _scratch.Sorter.Times(ordinal);
            ReadOnlySpan<double> values = _scratch.Sorter.Values(ordinal);
            for (var start = 0; start < times.Length;)
            {
                var length = LengthInWindow(times[start..]);
                if (times[start] < earliest || times[start] > latest)
                    refused += length;
                else
                    Add(ordinal, times.Slice(start, length), values.Slice(start, length));
                start += length;
            }
        }
        tenant.CountRefusedByTime(refused);
        var chunks = new List<StoredChunk>();
        foreach (var (window, writer) in _writers)
        {
            chunks.Add(new StoredChunk(
                new ChunkKey(ChunkLevel.Folded, window, agent.No, agent.FoldedParts(window)), writer.Finish()));
        }
        ReturnWriters();
        return chunks;
    }

    /// <summary>Also those that a fold which failed has left.</summary>
    private void ReturnWriters()
    {
        foreach (var writer in _writers.Values)
        {
            writer.Clear();
            _free.Push(writer);
        }
        _writers.Clear();
    }

    private void Add(int ordinal, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var window = ChunkSpans.WindowOf(ChunkLevel.Folded, times[0]);
        if (!_writers.TryGetValue(window, out var writer))
            _writers.Add(window, writer = _free.TryPop(out var free) ? free : new ChunkWriter());
        _scratch.Raw.Clear();
        // A series with more in a window is nothing that a chunk is for; of it the newest stay.
        var first = Math.Max(0, times.Length - ChunkFormat.MaxTimes);
        _scratch.Raw.Add(times[first..], values[first..]);
        writer.Add(ordinal, _scratch.Raw);
    }

    /// <summary>How many of the times, which rise, lie in the window of the first.</summary>
    private static int LengthInWindow(ReadOnlySpan<long> times)
    {
        var end = (ChunkSpans.WindowOf(ChunkLevel.Folded, times[0]) + 1) * ChunkSpans.RawWindow;
        if (times[^1] < end)
            return times.Length;
        var found = times.BinarySearch(end);
        return found < 0 ? ~found : found;
    }
}
