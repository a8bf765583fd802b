using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>
/// Puts the folded chunks of a window together to raw chunks of <see cref="ChunkSpans.SeriesPerPart"/> series. What comes late is worked
/// in; where the raw samples are gone already, into the minutes.
/// </summary>
internal sealed class MetricCompactor(IMetricBackend backend)
{
    private readonly MetricScratch _scratch = new();
    private readonly ChunkReader _minutes = new();
    private readonly Columns _before = new(RollUp.Fields);
    private readonly Columns _joined = new(RollUp.Fields);
    private readonly ChunkWriter _writer = new();

    public async ValueTask CompactAsync(TenantMetrics tenant, AgentMetrics agent, int window, CancellationToken cancellation)
    {
        var rawIsGone = window < tenant.Row.RawFrom;
        var level = rawIsGone ? ChunkLevel.Minute : ChunkLevel.Raw;
        var (_, chunks) = await backend.ReadAsync(
            null, [ChunkRange.All(ChunkLevel.Folded, window, agent.No), ChunkRange.All(level, window, agent.No)], cancellation)
            .ConfigureAwait(false);
        var folded = chunks.FindAll(chunk => chunk.Key.Level == ChunkLevel.Folded);
        var stored = chunks.FindAll(chunk => chunk.Key.Level == level).ToDictionary(chunk => chunk.Key.Part);
        var day = window / ChunkSpans.RawWindowsPerDay;
        var put = new List<StoredChunk>();
        _writer.Clear();
        _scratch.Sorter.Clear();
        var parts = Parts(folded);
        if (!rawIsGone)
        {
            foreach (var part in parts.Where(stored.ContainsKey))
                AddAll(stored[part]);
        }
        foreach (var chunk in folded)
            AddAll(chunk);
        var count = _scratch.Sorter.Sort();
        // Where even the minutes are gone nothing is left to work it into.
        var tooLate = day < tenant.Row.MinuteFrom && stored.Count == 0;
        if (tooLate)
            tenant.CountRefusedByTime(_scratch.Sorter.Count);
        foreach (var part in tooLate ? [] : parts)
        {
            var existing = rawIsGone && stored.TryGetValue(part, out var minutes) ? minutes : (StoredChunk?)null;
            WritePart(new ChunkKey(level, window, agent.No, part), count, existing, put);
        }
        await backend.MoveAsync(
            new MetricMove
            {
                Remove = folded.ConvertAll(chunk => ChunkRange.One(chunk.Key)),
                Put = put,
                AddDays = tooLate ? [] : [new DayOfAgent(day, agent.No)],
                RemoveDays = tooLate ? [new DayOfAgent(day, agent.No)] : [],
            },
            cancellation).ConfigureAwait(false);
        agent.Compacted(window, tooLate ? null : day);
    }

    /// <summary>Which parts the folded series belong to.</summary>
    private SortedSet<int> Parts(List<StoredChunk> folded)
    {
        var parts = new SortedSet<int>();
        foreach (var chunk in folded)
        {
            _scratch.Open(chunk);
            for (var i = 0; i < _scratch.Reader.Count; i++)
                parts.Add(_scratch.Reader.Ordinal(i) / ChunkSpans.SeriesPerPart);
        }
        return parts;
    }

    private void AddAll(StoredChunk chunk)
    {
        _scratch.Open(chunk);
        try
        {
            for (var i = 0; i < _scratch.Reader.Count; i++)
            {
                _scratch.Reader.Read(i, _scratch.Raw);
                _scratch.Sorter.Add(_scratch.Reader.Ordinal(i), _scratch.Raw.Times, _scratch.Raw[0]);
            }
        }
        catch (FormatException e)
        {
            throw MetricScratch.Damaged(chunk.Key, e);
        }
    }

    private void WritePart(ChunkKey key, int count, StoredChunk? minutes, List<StoredChunk> put)
    {
        if (minutes is { } chunk)
            MetricScratch.Open(_minutes, chunk);
        var first = key.Part * ChunkSpans.SeriesPerPart;
        for (var ordinal = first; ordinal < first + ChunkSpans.SeriesPerPart; ordinal++)
        {
            var times = ordinal < count ? _scratch.Sorter.Times(ordinal) : [];
            var values = ordinal < count ? _scratch.Sorter.Values(ordinal) : [];
            if (key.Level == ChunkLevel.Raw)
                AddRaw(ordinal, times, values);
            else
                AddMinutes(ordinal, times, values, minutes is not null);
        }
        if (_writer.Count > 0)
            put.Add(new StoredChunk(key, _writer.Finish()));
    }

    private void AddRaw(int ordinal, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (times.IsEmpty)
            return;
        // A series with more in a window is nothing that a chunk is for; of it the newest stay.
        var skipped = Math.Max(0, times.Length - ChunkFormat.MaxTimes);
        _scratch.Raw.Clear();
        _scratch.Raw.Add(times[skipped..], values[skipped..]);
        _writer.Add(ordinal, _scratch.Raw);
    }

    private void AddMinutes(int ordinal, ReadOnlySpan<long> times, ReadOnlySpan<double> values, bool joined)
    {
        RollUp.OfSamples(times, values, ChunkSpans.Step(ChunkLevel.Minute), _scratch.Steps);
        var steps = _scratch.Steps;
        if (joined && _minutes.Find(ordinal) is var at and >= 0)
        {
            _minutes.Read(at, _before);
            RollUp.Join(_before, _scratch.Steps, _joined);
            steps = _joined;
        }
        if (steps.Count > 0)
            _writer.Add(ordinal, steps);
    }
}
