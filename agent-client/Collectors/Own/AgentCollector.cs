using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Own;

/// <summary>The agent itself: what it costs, how its collectors do, what waits for the centre.</summary>
/// <param name="figures">Asked at each run.</param>
/// <param name="collectors">How the collectors do.</param>
internal sealed class AgentCollector(
    Func<AgentFigures> figures, Func<IEnumerable<(string Name, double? Seconds, long Failures)>> collectors, TimeProvider time) : ICollector
{
    private readonly SeriesCache _series = new();
    private (TimeSpan Cpu, long At)? _before;

    public string Name => "agent";

    public TimeSpan Interval => TimeSpan.FromSeconds(10);

    public TimeSpan TimeLimit => TimeSpan.FromSeconds(2);

    public ValueTask CollectAsync(Readings to, CancellationToken cancellation)
    {
        var (cpu, at) = (Environment.CpuUsage.TotalTime, time.GetTimestamp());
        if (_before is { } before && time.GetElapsedTime(before.At, at) is var elapsed && elapsed > TimeSpan.Zero)
            to.AddRounded(_series.Of("agent_cpu_percent"), (cpu - before.Cpu) / elapsed * 100);
        _before = (cpu, at);
        to.Add(_series.Of("agent_memory_bytes"), Environment.WorkingSet);
        foreach (var (name, seconds, failures) in collectors())
        {
            var label = new Label("collector", name);
            to.Add(_series.Of("agent_collector_duration_seconds", label), seconds);
            to.Add(_series.Of("agent_collector_failures_total", label), failures);
        }
        var its = figures();
        to.Add(_series.Of("agent_spool_bytes"), its.SpoolBytes);
        to.Add(_series.Of("agent_spool_batches"), its.SpoolBatches);
        to.Add(_series.Of("agent_spool_dropped_batches_total"), its.DroppedBatches);
        to.Add(_series.Of("agent_config_revision"), its.Revision);
        to.Add(_series.Of("agent_clock_offset_seconds"), its.ClockOffsetSeconds is { } offset ? Math.Round(offset, 3) : null);
        return ValueTask.CompletedTask;
    }
}
