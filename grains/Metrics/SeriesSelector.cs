namespace Outrider.Grains.Metrics;

/// <summary>Which series: those that fulfil every condition. None: all.</summary>
public sealed record SeriesSelector(params IReadOnlyList<LabelMatcher> Matchers)
{
    /// <summary>The label that stands for the metric's name, as in Prometheus.</summary>
    public const string NameLabel = "__name__";

    /// <summary>All series of a metric, of one agent or (null) of all.</summary>
    public static SeriesSelector Of(string metric, string? agent = null) => agent is null
        ? new SeriesSelector(new LabelMatcher(NameLabel, MatchOperator.Equal, metric))
        : new SeriesSelector(
            new LabelMatcher(NameLabel, MatchOperator.Equal, metric),
            new LabelMatcher(Protocol.Metrics.MetricNames.AgentLabel, MatchOperator.Equal, agent));
}
