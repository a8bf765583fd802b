using System.Collections.Concurrent;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Storage.Metrics;

/// <summary>Checks a batch, gives its series their ordinals and writes it into the journal.</summary>
internal sealed class MetricAppender(IMetricBackend backend, IMetricPeers peers, TimeProvider time)
{
    /// <summary>An agent's batches come through one process at a time, but for the moment in which the agent moves to another.</summary>
    private const int Tries = 10;

    private readonly ConcurrentBag<SampleColumns> _columns = [];

    /// <summary>Null: the agent was removed meanwhile; ask again for the one of its name.</summary>
    public async ValueTask<Outcome<MetricAppend>?> AppendAsync(
        TenantMetrics tenant, AgentMetrics agent, ReadOnlyMemory<byte> batch, CancellationToken cancellation)
    {
        var layout = MetricBatchCodec.ReadLayout(batch.Span);
        if (!layout.Ok)
            return layout.Problem;
        if (!_columns.TryTake(out var columns))
            columns = new SampleColumns();
        await agent.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            for (var i = 0; i < Tries && !agent.Removed; i++)
            {
                if (await TryAsync(tenant, agent, batch, layout.Value, columns, cancellation).ConfigureAwait(false) is { } outcome)
                    return outcome;
                await peers.CatchUpAsync(tenant, agent, cancellation).ConfigureAwait(false);
            }
            return agent.Removed ? null : throw new StorageException(
                $"Other processes write the metrics of agent {agent.Name} all the time. Check that it is connected once, and not two of its name.");
        }
        finally
        {
            agent.Gate.Release();
            _columns.Add(columns);
        }
    }

    /// <summary>Null: somebody else wrote meanwhile.</summary>
    private async ValueTask<Outcome<MetricAppend>?> TryAsync(
        TenantMetrics tenant, AgentMetrics agent, ReadOnlyMemory<byte> batch, MetricBatchLayout layout, SampleColumns columns,
        CancellationToken cancellation)
    {
        if (agent.Seen.Contains(layout.Boot, layout.Seq))
            return new MetricAppend(Duplicate: true, Samples: 0, Number: 0);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (agent.Seen.With(layout.Boot, layout.Seq, now) is not { } seen)
            return TooManyGaps(layout.Boot);
        var resolved = Resolve(tenant, agent, batch[layout.SeriesTable]);
        if (!resolved.Ok)
            return resolved.Problem;
        var (table, added) = resolved.Value;
        var written = false;
        try
        {
            if (table.Ordinals.Length > 0
                && MetricBatchCodec.ReadSamples(batch.Span[layout.Samples], table.Ordinals.Length, columns) is { } problem)
            {
                return problem;
            }
            var processes = ReadProcesses(agent, batch[layout.Processes]);
            if (!processes.Ok)
                return processes.Problem;
            var row = agent.Row with { Version = agent.Row.Version + 1, Seen = seen.ToBytes() };
            var entry = table.Ordinals.Length > 0
                ? new NewEntry(JournalCodec.Join(table.Runs, batch.Span[layout.Samples]), Earliest(columns), now)
                : (NewEntry?)null;
            var series = added.Count > 0
                ? new SeriesRow(agent.No, agent.SeriesCount, MetricBatchCodec.EncodeSeriesTable(added))
                : (SeriesRow?)null;
            written = await backend.AppendAsync(new BatchWrite(row, series, entry, processes.Value.Row), cancellation).ConfigureAwait(false);
            if (!written)
                return null;
            (agent.Row, agent.Seen) = (row, seen);
            if (added.Count > 0)
                agent.AddSeries(tenant.Index.Add(agent, agent.SeriesCount, added));
            if (entry is not { } journaled)
                return new MetricAppend(Duplicate: false, Samples: 0, row.Version);
            agent.Remember(table);
            agent.SetLatest(table.Ordinals, columns, row.Version);
            agent.Journaled(journaled);
            return Answer(tenant, table, columns, row.Version);
        }
        finally
        {
            if (!written)
                tenant.Release(added.Count);
        }
    }

    /// <summary>What the positions of a series table mean, and the series that are new.</summary>
    private static Outcome<(KnownTable Table, List<Series> Added)> Resolve(
        TenantMetrics tenant, AgentMetrics agent, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return (new KnownTable([], [], [], 0), []);
        var known = agent.FindTable(bytes.Span);
        if (known is not null && (known.LeftOut == 0 || !tenant.HasRoom()))
            return (known, []);
        var table = MetricBatchCodec.ReadSeriesTable(bytes.Span);
        if (!table.Ok)
            return table.Problem;
        var ordinalOf = new Dictionary<Series, int>();
        foreach (var series in agent.Series())
            ordinalOf.Add(series, ordinalOf.Count);
        var added = table.Value.Where(series => !ordinalOf.ContainsKey(series)).Distinct().ToList();
        var allowed = tenant.Reserve(added.Count);
        added.RemoveRange(allowed, added.Count - allowed);
        foreach (var series in added)
            ordinalOf.Add(series, ordinalOf.Count);
        var ordinals = table.Value.Select(series => ordinalOf.GetValueOrDefault(series, -1)).ToArray();
        return (new KnownTable(bytes.ToArray(), ordinals, JournalCodec.WriteRuns(ordinals), ordinals.Count(ordinal => ordinal < 0)), added);
    }

    private static Outcome<(ProcessesRow? Row, bool _)> ReadProcesses(AgentMetrics agent, ReadOnlyMemory<byte> block)
    {
        if (block.IsEmpty)
            return (null, false);
        var table = MetricBatchCodec.ReadProcesses(block.Span);
        return table.Ok
            ? (new ProcessesRow(agent.No, (int)(table.Value.Time / ChunkSpans.Minute), Deflated.Make(block.Span)), true)
            : table.Problem;
    }

    private static long Earliest(SampleColumns columns)
    {
        var earliest = long.MaxValue;
        foreach (var time in columns.Times)
            earliest = Math.Min(earliest, time);
        return earliest;
    }

    private static MetricAppend Answer(TenantMetrics tenant, KnownTable table, SampleColumns columns, long number)
    {
        var refused = 0;
        if (table.LeftOut > 0)
        {
            foreach (var position in columns.Series)
                refused += table.Ordinals[position] < 0 ? 1 : 0;
        }
        tenant.CountStored(columns.Count - refused, refused);
        return new MetricAppend(Duplicate: false, columns.Count - refused, number, table.LeftOut == 0 ? null : new Problem(
            ProblemCodes.SeriesLimit,
            $"The tenant has {tenant.Policy.MaxSeries} series, as many as it may; {table.LeftOut} new ones were left out. Let agents "
            + "collect less, or raise max_series."));
    }

    private static Problem TooManyGaps(string boot) => new(
        ProblemCodes.BatchInvalid, $"Boot {boot} has more than {SeenBatches.MaxRanges} gaps in the numbers of its batches. Number them 1, 2, 3, …");
}
