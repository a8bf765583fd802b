namespace Outrider.Storage.Metrics;

/// <summary>
/// Chooses for each stretch of a query the level to read: the coarsest that still gives exact steps, where it is complete; the finest
/// that is left, where finer ones are past their retention.
/// </summary>
internal sealed class QueryPlan(TenantMetrics tenant, IAgentWork work, long now)
{
    private readonly TenantRow _row = tenant.Row;
    private readonly List<QuerySegment> _segments = [];

    /// <summary>Raw samples, and the finest roll-ups for what is older.</summary>
    public List<QuerySegment> ForSamples(long from, long to) => Cut(from, to, step: 1);

    /// <summary>Levels whose steps add up to <paramref name="step"/>.</summary>
    public List<QuerySegment> ForSteps(long from, long to, long step) => Cut(from, to, step);

    private List<QuerySegment> Cut(long from, long to, long step)
    {
        for (var at = from; at < to;)
        {
            var day = (int)(at / ChunkSpans.Day);
            if (OfDay(day, step) is { } ofDay)
            {
                at = Add(ofDay, at, Math.Min(to, (day + 1) * ChunkSpans.Day));
                continue;
            }
            var window = (int)(at / ChunkSpans.RawWindow);
            var level = window < _row.RawFrom ? ChunkLevel.Minute : ChunkLevel.Raw;
            at = Add(level, at, Math.Min(to, (window + 1) * ChunkSpans.RawWindow));
        }
        return _segments;
    }

    /// <summary>The level to read a whole day from; null: choose window by window.</summary>
    private ChunkLevel? OfDay(int day, long step)
    {
        var fiveMinutesGone = (day + 1 + tenant.Policy.FiveMinuteDays) * ChunkSpans.Day < now;
        if (day < _row.MinuteFrom)
            return fiveMinutesGone || FitsInto(ChunkLevel.TwoHours, step) ? ChunkLevel.TwoHours : ChunkLevel.FiveMinutes;
        if ((day + 1) * ChunkSpans.Day > now || work.IsDayPending(day))
            return null;
        return FitsInto(ChunkLevel.TwoHours, step) ? ChunkLevel.TwoHours
            : FitsInto(ChunkLevel.FiveMinutes, step) ? ChunkLevel.FiveMinutes
            : null;
    }

    private static bool FitsInto(ChunkLevel level, long step) => step % ChunkSpans.Step(level) == 0;

    private long Add(ChunkLevel level, long from, long to)
    {
        if (_segments.Count > 0 && _segments[^1] is var last && last.Level == level)
            _segments[^1] = last with { To = to };
        else
            _segments.Add(new QuerySegment(level, from, to));
        return to;
    }
}
