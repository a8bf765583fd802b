using Outrider.Agent.Collectors.Processes;
using Outrider.Agent.Policy;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Metrics;

/// <summary>What is measured and how often: what the centre asks for, within what the machine's owner allows.</summary>
/// <param name="policy">The owner's word.</param>
/// <param name="asked">The centre's, as last heard.</param>
internal sealed class MetricsPlan(MetricsPolicy policy, LinkConfig asked)
{
    private const int DefaultProcessTop = 20;

    /// <summary>What the centre asks for; null: nothing.</summary>
    public MetricsConfig? Asked => asked.Metrics;

    /// <summary>The revision of what the centre asks for; null: it asks for nothing.</summary>
    public long? Revision => asked.Metrics?.Revision;

    /// <summary>How often a batch is made.</summary>
    public TimeSpan Report => TimeSpan.FromSeconds(Math.Max(asked.ReportSeconds, policy.MinIntervalSeconds));

    public ProcessSettings Processes =>
        new(Math.Min(asked.Metrics?.ProcessTop ?? DefaultProcessTop, policy.ProcessTop), policy.ProcessCommands);

    /// <summary>How often a collector runs; null: not at all.</summary>
    /// <param name="collector">Its name; what stands before a colon names it together with its like.</param>
    /// <param name="own">Its own interval.</param>
    public TimeSpan? Interval(string collector, TimeSpan own)
    {
        var kind = collector.Split(':')[0];
        if (policy.Collectors?.Contains(kind) == false)
            return null;
        var wanted = Find(collector) ?? Find(kind);
        if (wanted is { Enabled: false })
            return null;
        var interval = wanted?.IntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : own;
        var least = TimeSpan.FromSeconds(policy.MinIntervalSeconds);
        return interval < least ? least : interval;
    }

    private CollectorConfig? Find(string name) => asked.Metrics?.Collectors?.Find(one => one.Name == name);
}
