namespace Outrider.Storage.Metrics;

/// <summary>Removes what is past its retention. What is still to be rolled up stays until it is.</summary>
internal sealed class MetricRetention(IMetricBackend backend)
{
    /// <summary>Ranges removed in one write, so that no other write waits long.</summary>
    private const int Batch = 256;

    public async ValueTask RunAsync(TenantMetrics tenant, long now, CancellationToken cancellation)
    {
        var policy = tenant.Policy;
        // Roll-ups are made day by day; raw windows go as soon as they are compacted and old enough.
        var rawFrom = Before(now - policy.RawHours * ChunkSpans.Hour, ChunkSpans.RawWindow);
        var minuteFrom = Before(now - policy.MinuteDays * ChunkSpans.Day, ChunkSpans.Day);
        var row = tenant.Row;
        row = row with { RawFrom = Math.Max(row.RawFrom, rawFrom), MinuteFrom = Math.Max(row.MinuteFrom, minuteFrom) };
        if (row != tenant.Row)
        {
            // First nobody reads them any more, then they go.
            await backend.WriteAsync(new MetricWrite { Tenant = row }, cancellation).ConfigureAwait(false);
            tenant.Row = row;
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
        await backend.WriteAsync(
            new MetricWrite { RemoveProcesses = [.. tenant.Agents.Select(agent => (agent.No, minute))] }, cancellation)
            .ConfigureAwait(false);
    }

    private static int Before(long time, long window) => (int)(Math.Max(0, time) / window);

    private async ValueTask RemoveAsync(TenantMetrics tenant, ChunkLevel level, int beforeWindow, CancellationToken cancellation)
    {
        var keys = await backend.ReadKeysAsync(level, Math.Max(0, beforeWindow), cancellation).ConfigureAwait(false);
        var ranges = keys
            .Where(key => tenant.TryGet(key.Agent, out var agent)
                && !(level == ChunkLevel.Minute && agent.IsDayPending(key.Window / ChunkSpans.RawWindowsPerDay)))
            .Select(key => ChunkRange.All(level, key.Window, key.Agent))
            .Distinct();
        foreach (var batch in ranges.Chunk(Batch))
            await backend.WriteAsync(new MetricWrite { Remove = [.. batch] }, cancellation).ConfigureAwait(false);
    }
}
