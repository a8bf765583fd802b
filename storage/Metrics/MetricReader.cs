using System.Collections.Concurrent;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>Reads series out of journal, chunks and roll-ups.</summary>
internal sealed class MetricReader(IMetricBackend backend, TimeProvider time)
{
    private readonly ConcurrentBag<MetricScratch> _scratch = [];

    /// <summary>Samples of some series of an agent; which are the coarser ones where the raw ones are gone.</summary>
    public async ValueTask<List<Sample>[]> ReadSamplesAsync(
        TenantMetrics tenant, int agent, IAgentWork work, int[] ordinals, long from, long to, CancellationToken cancellation)
    {
        (from, to) = Clamp(tenant, from, to);
        var result = Array.ConvertAll(ordinals, _ => new List<Sample>());
        foreach (var segment in new QueryPlan(tenant, work, Now()).ForSamples(from, to))
        {
            if (segment.Level == ChunkLevel.Raw)
            {
                await ReadRawAsync(agent, work, ordinals, segment, (series, times, values) =>
                {
                    for (var i = 0; i < times.Length; i++)
                        result[series].Add(new Sample(times[i], values[i]));
                }, cancellation).ConfigureAwait(false);
                continue;
            }
            var step = ChunkSpans.Step(segment.Level);
            await ReadRolledUpAsync(agent, ordinals, segment, (series, steps, i) =>
                result[series].Add(new Sample(steps.Times[i] + step - 1, steps[RollUp.Last][i])), cancellation).ConfigureAwait(false);
        }
        return result;
    }

    /// <summary>Steps of some series of an agent.</summary>
    public async ValueTask<List<MetricStep>[]> ReadStepsAsync(
        TenantMetrics tenant, int agent, IAgentWork work, int[] ordinals, long from, long to, long step, CancellationToken cancellation)
    {
        (from, to) = Clamp(tenant, from, to);
        var first = RollUp.StepOf(from + step - 1, step);
        var end = RollUp.StepOf(to + step - 1, step);
        var result = Array.ConvertAll(ordinals, _ => new StepBuilder(step, (end - first) / step));
        foreach (var segment in new QueryPlan(tenant, work, Now()).ForSteps(first, end, step))
        {
            if (segment.Level == ChunkLevel.Raw)
            {
                var steps = new Columns(RollUp.Fields);
                await ReadRawAsync(agent, work, ordinals, segment, (series, times, values) =>
                {
                    RollUp.OfSamples(times, values, step, steps);
                    for (var i = 0; i < steps.Count; i++)
                        result[series].Add(steps, i);
                }, cancellation).ConfigureAwait(false);
                continue;
            }
            await ReadRolledUpAsync(agent, ordinals, segment, (series, steps, i) => result[series].Add(steps, i), cancellation)
                .ConfigureAwait(false);
        }
        return Array.ConvertAll(result, builder => builder.Steps);
    }

    private async ValueTask ReadRawAsync(
        int agent, IAgentWork work, int[] ordinals, QuerySegment segment, RawSink sink, CancellationToken cancellation)
    {
        var (journal, chunks) = await ReadRawAsync(agent, work, Parts(ordinals), segment, cancellation).ConfigureAwait(false);
        var scratch = Take();
        var sorter = scratch.Sorter;
        sorter.Clear();
        // Later ones win: raw were folded before, and those were in the journal before.
        AddChunks(scratch, chunks, ChunkLevel.Raw, ordinals);
        AddChunks(scratch, chunks, ChunkLevel.Folded, ordinals);
        if (journal.Count > 0)
        {
            var wanted = Positions(ordinals);
            foreach (var entry in journal)
                scratch.Take(entry, wanted);
        }
        var count = sorter.Sort();
        for (var series = 0; series < Math.Min(count, ordinals.Length); series++)
        {
            var times = sorter.Times(series);
            var begin = LowerBound(times, segment.From);
            var end = LowerBound(times, segment.To);
            sink(series, times[begin..end], sorter.Values(series)[begin..end]);
        }
        _scratch.Add(scratch);
    }

    /// <summary>
    /// Reads journal, folded and raw chunks. Folded ones are looked for only in windows that have some; should samples move there just
    /// then, it reads again, in all windows.
    /// </summary>
    private async ValueTask<(List<JournalEntry> Journal, List<StoredChunk> Chunks)> ReadRawAsync(
        int agent, IAgentWork work, List<int> parts, QuerySegment segment, CancellationToken cancellation)
    {
        var raw = Ranges(ChunkLevel.Raw, agent, parts, segment);
        var (first, last) = Windows(ChunkLevel.Raw, segment);
        var (folded, moves, moving) = work.FindFolded();
        if (!moving)
        {
            var some = folded.Where(window => window >= first && window <= last);
            var read = await backend.ReadAsync(agent, [.. some.Select(Folded), .. raw], cancellation).ConfigureAwait(false);
            if (work.FindFolded().Moves == moves)
                return read;
        }
        var all = Enumerable.Range(first, last - first + 1);
        return await backend.ReadAsync(agent, [.. all.Select(Folded), .. raw], cancellation).ConfigureAwait(false);

        ChunkRange Folded(int window) => ChunkRange.All(ChunkLevel.Folded, window, agent);
    }

    private async ValueTask ReadRolledUpAsync(
        int agent, int[] ordinals, QuerySegment segment, StepSink sink, CancellationToken cancellation)
    {
        var ranges = Ranges(segment.Level, agent, Parts(ordinals), segment);
        var (_, chunks) = await backend.ReadAsync(null, ranges, cancellation).ConfigureAwait(false);
        var scratch = Take();
        foreach (var chunk in chunks)
        {
            scratch.Open(chunk);
            for (var series = 0; series < ordinals.Length; series++)
            {
                var at = scratch.Reader.Find(ordinals[series]);
                if (at < 0)
                    continue;
                ReadAt(scratch, chunk, at, scratch.Steps);
                var times = scratch.Steps.Times;
                var end = LowerBound(times, segment.To);
                for (var i = LowerBound(times, segment.From); i < end; i++)
                    sink(series, scratch.Steps, i);
            }
        }
        _scratch.Add(scratch);
    }

    /// <summary>The chunks of a level that hold some parts in the time of a segment, by window.</summary>
    private static List<ChunkRange> Ranges(ChunkLevel level, int agent, List<int> parts, QuerySegment segment)
    {
        var (first, last) = Windows(level, segment);
        var ranges = new List<ChunkRange>((last - first + 1) * parts.Count);
        for (var window = first; window <= last; window++)
        {
            foreach (var part in parts)
                ranges.Add(ChunkRange.One(new ChunkKey(level, window, agent, part)));
        }
        return ranges;
    }

    private static (int First, int Last) Windows(ChunkLevel level, QuerySegment segment) =>
        (ChunkSpans.WindowOf(level, segment.From), ChunkSpans.WindowOf(level, segment.To - 1));

    private static void AddChunks(MetricScratch scratch, List<StoredChunk> chunks, ChunkLevel level, int[] ordinals)
    {
        foreach (var chunk in chunks)
        {
            if (chunk.Key.Level != level)
                continue;
            scratch.Open(chunk);
            for (var series = 0; series < ordinals.Length; series++)
            {
                var at = scratch.Reader.Find(ordinals[series]);
                if (at < 0)
                    continue;
                ReadAt(scratch, chunk, at, scratch.Raw);
                scratch.Sorter.Add(series, scratch.Raw.Times, scratch.Raw[0]);
            }
        }
    }

    private static void ReadAt(MetricScratch scratch, StoredChunk chunk, int position, Columns to)
    {
        try
        {
            scratch.Reader.Read(position, to);
        }
        catch (FormatException e)
        {
            throw MetricScratch.Damaged(chunk.Key, e);
        }
    }

    /// <summary>Nothing is older than the longest retention, and nothing newer than a day ahead.</summary>
    private (long From, long To) Clamp(TenantMetrics tenant, long from, long to)
    {
        var now = Now();
        from = Math.Max(from, Math.Max(0, now - (tenant.Policy.TwoHourDays + ChunkSpans.DaysPerTwoHourWindow) * ChunkSpans.Day));
        return (from, Math.Min(to, now + 2 * ChunkSpans.Day));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private MetricScratch Take() => _scratch.TryTake(out var scratch) ? scratch : new MetricScratch();

    private static List<int> Parts(int[] ordinals) =>
        [.. ordinals.Select(ordinal => ordinal / ChunkSpans.SeriesPerPart).Distinct().Order()];

    /// <summary>By ordinal the position in <paramref name="ordinals"/>; −1: not there.</summary>
    private static int[] Positions(int[] ordinals)
    {
        var positions = new int[ordinals.DefaultIfEmpty(-1).Max() + 1];
        Array.Fill(positions, -1);
        for (var i = 0; i < ordinals.Length; i++)
            positions[ordinals[i]] = i;
        return positions;
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        var found = times.BinarySearch(time);
        return found < 0 ? ~found : found;
    }

    private delegate void RawSink(int series, ReadOnlySpan<long> times, ReadOnlySpan<double> values);

    private delegate void StepSink(int series, Columns steps, int at);
}
