using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>Reads all chunks and journals of the store and says what can't be.</summary>
internal sealed class MetricChecker(IMetricBackend backend)
{
    /// <summary>Chunks read at once.</summary>
    private const int Batch = 64;

    private const int AllWindows = (1 << PackedKey.WindowBits) - 1;

    public async ValueTask<List<string>> CheckAsync(IReadOnlyCollection<TenantMetrics> tenants, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var scratch = new MetricScratch();
        foreach (var agent in tenants.SelectMany(tenant => tenant.Agents))
        {
            var (journal, _) = await backend.ReadAsync(agent.No, [], cancellation).ConfigureAwait(false);
            foreach (var entry in journal)
                Check(entry, agent, scratch, faults);
        }
        foreach (var level in Enum.GetValues<ChunkLevel>())
        {
            var keys = await backend.ReadKeysAsync(level, AllWindows, cancellation).ConfigureAwait(false);
            foreach (var batch in keys.Chunk(Batch))
            {
                var (_, chunks) = await backend.ReadAsync(null, [.. batch.Select(ChunkRange.One)], cancellation).ConfigureAwait(false);
                foreach (var chunk in chunks)
                    Check(chunk, tenants, scratch, faults);
            }
        }
        return faults;
    }

    private static void Check(JournalEntry entry, AgentMetrics agent, MetricScratch scratch, List<string> faults)
    {
        try
        {
            scratch.Sorter.Clear();
            JournalCodec.Read(entry.Bytes, null, scratch.Batch, scratch.Sorter);
            if (scratch.Sorter.Sort() > agent.SeriesCount)
                faults.Add($"journal entry {entry.Id} of agent {agent.Name} names a series that is not there");
        }
        catch (FormatException e)
        {
            faults.Add($"journal entry {entry.Id} of agent {agent.Name}: {e.Message}");
        }
    }

    private static void Check(StoredChunk chunk, IReadOnlyCollection<TenantMetrics> tenants, MetricScratch scratch, List<string> faults)
    {
        try
        {
            scratch.Reader.Open(chunk.Bytes);
            var rolledUp = chunk.Key.Level >= ChunkLevel.Minute;
            if (scratch.Reader.Fields != (rolledUp ? RollUp.Fields : 1))
                throw new FormatException("It has other fields than its level.");
            for (var i = 0; i < scratch.Reader.Count; i++)
                scratch.Reader.Read(i, rolledUp ? scratch.Steps : scratch.Raw);
            var agent = tenants.Select(tenant => tenant.TryGet(chunk.Key.Agent, out var its) ? its : null).FirstOrDefault(one => one is not null);
            if (agent is null)
                faults.Add($"{chunk.Key}: there is no such agent");
            else if (scratch.Reader.Count > 0 && scratch.Reader.Ordinal(scratch.Reader.Count - 1) >= agent.SeriesCount)
                faults.Add($"{chunk.Key}: it names a series that is not there");
        }
        catch (FormatException e)
        {
            faults.Add($"{chunk.Key}: {e.Message}");
        }
    }
}
