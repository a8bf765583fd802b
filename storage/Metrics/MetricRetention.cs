using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>
/// Removes what is past its retention. Raw samples become minutes first; minutes whose day is still to be rolled up stay until it is.
/// </summary>
internal sealed class MetricRetention(IMetricBackend backend)
{
    /// <summary>Ranges removed in one write, so that no other write waits long.</summary>
    private const int Batch = 256;

    private readonly MetricScratch _scratch = new();
    private readonly ChunkWriter _writer = new();
    private readonly Dictionary<(ChunkLevel, int), List<ChunkKey>> _keys = [];

    /// <summary>A pass over all tenants begins: those that keep their metrics equally long share what is read for them.</summary>
    public void Begin() => _keys.Clear();

    public async ValueTask RunAsync(TenantMetrics tenant, long now, CancellationToken cancellation)
    {
        var policy = tenant.Policy;
        var rawFrom = Before(now - policy.RawHours * ChunkSpans.Hour, ChunkSpans.RawWindow);
        var minuteFrom = Before(now - policy.MinuteDays * ChunkSpans.Day, ChunkSpans.Day);
        // First the minutes are there, then everybody reads them, and in the next pass the raw ones go: by then nobody, also no other
        // process, is still reading those. Begun again after a crash it comes to the same.
        var row = tenant.Row;
        if (rawFrom > row.RawFrom || minuteFrom > row.MinuteFrom)
        {
            await MakeMinutesAsync(tenant, row.RawFrom, rawFrom, cancellation).ConfigureAwait(false);
            await backend.MoveAsync(new MetricMove { Retained = (row.No, rawFrom, minuteFrom) }, cancellation).ConfigureAwait(false);
            tenant.SetRetained(rawFrom, minuteFrom);
        }
        await RemoveAsync(tenant, ChunkLevel.Raw, row.RawFrom, cancellation).ConfigureAwait(false);
        await RemoveAsync(tenant, ChunkLevel.Minute, row.MinuteFrom * ChunkSpans.RawWindowsPerDay, cancellation).ConfigureAwait(false);
        await RemoveAsync(
            tenant, ChunkLevel.FiveMinutes, Before(now - policy.FiveMinuteDays * ChunkSpans.Day, ChunkSpans.Day) - 1, cancellation)
            .ConfigureAwait(false);
        await RemoveAsync(
            tenant, ChunkLevel.TwoHours,
            Before(now - policy.TwoHourDays * ChunkSpans.Day, ChunkSpans.Window(ChunkLevel.TwoHours)), cancellation).ConfigureAwait(false);
        var minute = (int)((now - policy.RawHours * ChunkSpans.Hour) / ChunkSpans.Minute);
        await backend.MoveAsync(
            new MetricMove { RemoveProcesses = [.. tenant.Agents.Select(agent => (agent.No, minute))] }, cancellation)
            .ConfigureAwait(false);
    }

    private static int Before(long time, long window) => (int)(Math.Max(0, time) / window);

    private async ValueTask MakeMinutesAsync(TenantMetrics tenant, int from, int before, CancellationToken cancellation)
    {
        var keys = await ReadKeysAsync(ChunkLevel.Raw, before, cancellation).ConfigureAwait(false);
        foreach (var batch in keys.Where(key => key.Window >= from && tenant.TryGet(key.Agent, out _)).Chunk(Batch))
        {
            var (_, chunks) = await backend.ReadAsync(null, [.. batch.Select(ChunkRange.One)], cancellation).ConfigureAwait(false);
            await backend.MoveAsync(new MetricMove { Put = [.. chunks.Select(ToMinutes).Where(chunk => chunk.Bytes.Length > 0)] }, cancellation)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Empty when there is no number among the samples.</summary>
    private StoredChunk ToMinutes(StoredChunk raw)
    {
        _scratch.Open(raw);
        _writer.Clear();
        for (var i = 0; i < _scratch.Reader.Count; i++)
        {
            _scratch.Reader.Read(i, _scratch.Raw);
            RollUp.OfSamples(_scratch.Raw.Times, _scratch.Raw[0], ChunkSpans.Step(ChunkLevel.Minute), _scratch.Steps);
            if (_scratch.Steps.Count > 0)
                _writer.Add(_scratch.Reader.Ordinal(i), _scratch.Steps);
        }
        return new StoredChunk(raw.Key with { Level = ChunkLevel.Minute }, _writer.Count > 0 ? _writer.Finish() : []);
    }

    private async ValueTask RemoveAsync(TenantMetrics tenant, ChunkLevel level, int beforeWindow, CancellationToken cancellation)
    {
        var keys = await ReadKeysAsync(level, Math.Max(0, beforeWindow), cancellation).ConfigureAwait(false);
        var ranges = keys
            .Where(key => tenant.TryGet(key.Agent, out var agent)
                && !(level == ChunkLevel.Minute && agent.IsDayPending(key.Window / ChunkSpans.RawWindowsPerDay)))
            .Select(key => ChunkRange.All(level, key.Window, key.Agent))
            .Distinct();
        foreach (var batch in ranges.Chunk(Batch))
            await backend.MoveAsync(new MetricMove { Remove = [.. batch] }, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<List<ChunkKey>> ReadKeysAsync(ChunkLevel level, int beforeWindow, CancellationToken cancellation)
    {
        if (!_keys.TryGetValue((level, beforeWindow), out var keys))
            _keys.Add((level, beforeWindow), keys = await backend.ReadKeysAsync(level, beforeWindow, cancellation).ConfigureAwait(false));
        return keys;
    }
}
