using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>Makes the steps of five minutes and two hours of a day out of its raw samples, or its minutes where those are gone.</summary>
internal sealed class MetricRoller(IMetricBackend backend)
{
    private readonly MetricScratch _scratch = new();
    private readonly Columns _minutes = new(RollUp.Fields);
    private readonly Columns _fives = new(RollUp.Fields);
    private readonly Columns _hours = new(RollUp.Fields);
    private readonly ChunkWriter _fiveWriter = new();
    private readonly ChunkWriter _hourWriter = new();

    public async ValueTask RollUpAsync(TenantMetrics tenant, AgentMetrics agent, int day, CancellationToken cancellation)
    {
        var month = day / ChunkSpans.DaysPerTwoHourWindow;
        var ranges = new List<ChunkRange>();
        for (var i = 0; i < ChunkSpans.RawWindowsPerDay; i++)
        {
            var window = day * ChunkSpans.RawWindowsPerDay + i;
            ranges.Add(ChunkRange.All(window < tenant.Row.RawFrom ? ChunkLevel.Minute : ChunkLevel.Raw, window, agent.No));
        }
        ranges.Add(ChunkRange.All(ChunkLevel.TwoHours, month, agent.No));
        var (_, chunks) = await backend.ReadAsync(null, ranges, cancellation).ConfigureAwait(false);
        var put = new List<StoredChunk>();
        _fiveWriter.Clear();
        _hourWriter.Clear();
        foreach (var part in chunks.Where(chunk => chunk.Key.Level != ChunkLevel.TwoHours).Select(chunk => chunk.Key.Part).Distinct())
        {
            var its = chunks.FindAll(chunk => chunk.Key.Part == part);
            WritePart(new ChunkKey(ChunkLevel.FiveMinutes, day, agent.No, part), its, put);
        }
        await backend.MoveAsync(new MetricMove { Put = put, RemoveDays = [new DayOfAgent(day, agent.No)] }, cancellation)
            .ConfigureAwait(false);
        agent.RolledUp(day);
    }

    private void WritePart(ChunkKey key, List<StoredChunk> chunks, List<StoredChunk> put)
    {
        var windows = chunks.Where(chunk => chunk.Key.Level != ChunkLevel.TwoHours).OrderBy(chunk => chunk.Key.Window).Select(Open).ToList();
        var month = chunks.Where(chunk => chunk.Key.Level == ChunkLevel.TwoHours).Select(Open).SingleOrDefault();
        var first = key.Part * ChunkSpans.SeriesPerPart;
        for (var ordinal = first; ordinal < first + ChunkSpans.SeriesPerPart; ordinal++)
        {
            _minutes.Clear();
            foreach (var reader in windows)
                Append(reader, ordinal, 0, long.MaxValue, _minutes);
            RollUp.OfSteps(_minutes, ChunkSpans.Step(ChunkLevel.FiveMinutes), _fives);
            if (_fives.Count > 0)
                _fiveWriter.Add(ordinal, _fives);
            RollUp.OfSteps(_fives, ChunkSpans.Step(ChunkLevel.TwoHours), _minutes);
            // The month with this day replaced.
            _hours.Clear();
            Append(month, ordinal, 0, key.Window * ChunkSpans.Day, _hours);
            for (var i = 0; i < _minutes.Count; i++)
                Copy(_minutes, i, _hours);
            Append(month, ordinal, (key.Window + 1) * ChunkSpans.Day, long.MaxValue, _hours);
            if (_hours.Count > 0)
                _hourWriter.Add(ordinal, _hours);
        }
        if (_fiveWriter.Count > 0)
            put.Add(new StoredChunk(key, _fiveWriter.Finish()));
        if (_hourWriter.Count > 0)
        {
            put.Add(new StoredChunk(
                key with { Level = ChunkLevel.TwoHours, Window = key.Window / ChunkSpans.DaysPerTwoHourWindow }, _hourWriter.Finish()));
        }
    }

    /// <summary>Adds the steps of a series that begin from <paramref name="from"/> until before <paramref name="to"/>.</summary>
    private void Append(ChunkReader? reader, int ordinal, long from, long to, Columns target)
    {
        if (reader is null || reader.Find(ordinal) is not (var at and >= 0))
            return;
        if (reader.Fields == RollUp.Fields)
        {
            reader.Read(at, _scratch.Steps);
        }
        else
        {
            reader.Read(at, _scratch.Raw);
            RollUp.OfSamples(_scratch.Raw.Times, _scratch.Raw[0], ChunkSpans.Step(ChunkLevel.Minute), _scratch.Steps);
        }
        for (var i = 0; i < _scratch.Steps.Count; i++)
        {
            if (_scratch.Steps.Times[i] >= from && _scratch.Steps.Times[i] < to)
                Copy(_scratch.Steps, i, target);
        }
    }

    private static void Copy(Columns from, int i, Columns to) => to.Add(
        from.Times[i], from[RollUp.Count][i], from[RollUp.Sum][i], from[RollUp.Min][i], from[RollUp.Last][i], from[RollUp.Max][i]);

    private static ChunkReader Open(StoredChunk chunk)
    {
        var reader = new ChunkReader();
        MetricScratch.Open(reader, chunk);
        return reader;
    }
}
