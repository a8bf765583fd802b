using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Storage.Metrics;

/// <summary>
/// Finds the series of a tenant. Agents mostly have the same series, so each one is held once, under its metric, with the agents that
/// have it; conditions are checked once for all of them.
/// </summary>
internal sealed class SeriesIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<Series, SeriesMembers>> _byMetric = new(StringComparer.Ordinal);

    /// <summary>Adds series of an agent, of rising ordinals, and returns them as held here: equal ones are one object.</summary>
    public List<Series> Add(AgentMetrics agent, int firstOrdinal, IReadOnlyList<Series> series)
    {
        var held = new List<Series>(series.Count);
        lock (_lock)
        {
            foreach (var one in series)
            {
                if (!_byMetric.TryGetValue(one.Metric, out var ofMetric))
                    _byMetric.Add(one.Metric, ofMetric = []);
                if (!ofMetric.TryGetValue(one, out var members))
                    ofMetric.Add(one, members = new SeriesMembers(one, []));
                members.Agents.Add((agent, firstOrdinal + held.Count));
                held.Add(members.Series);
            }
        }
        return held;
    }

    public void Remove(AgentMetrics agent)
    {
        lock (_lock)
        {
            foreach (var (metric, ofMetric) in _byMetric)
            {
                foreach (var (series, members) in ofMetric)
                {
                    members.Agents.RemoveAll(member => member.Agent == agent);
                    if (members.Agents.Count == 0)
                        ofMetric.Remove(series);
                }
                if (ofMetric.Count == 0)
                    _byMetric.Remove(metric);
            }
        }
    }

    /// <summary>The newest sample of each series of some metrics, if it is from <paramref name="since"/> or later.</summary>
    public List<RecentSample> Recent(IReadOnlyCollection<string> metrics, long since)
    {
        var recent = new List<RecentSample>();
        lock (_lock)
        {
            foreach (var metric in metrics)
            {
                if (!_byMetric.TryGetValue(metric, out var ofMetric))
                    continue;
                foreach (var (series, members) in ofMetric.Values)
                {
                    foreach (var (agent, ordinal) in members)
                    {
                        if (agent.Latest(ordinal) is { } sample && sample.Time >= since)
                            recent.Add(new RecentSample(agent.Name, series, sample));
                    }
                }
            }
        }
        return recent;
    }

    public Outcome<List<StoredSeries>> Find(SeriesSelector selector, int limit)
    {
        var tests = new List<(string Label, Func<string, bool> Test)>();
        foreach (var matcher in selector.Matchers)
        {
            if (matcher.Test() is not { } test)
            {
                return new Problem(
                    ProblemCodes.InvalidArgument, $"The expression for {matcher.Label} can't be used: {LabelMatcher.ExpressionRule}.");
            }
            tests.Add((matcher.Label, test));
        }
        var found = new List<StoredSeries>();
        lock (_lock)
        {
            foreach (var ofMetric in Candidates(selector))
            {
                foreach (var (series, members) in ofMetric.Values)
                {
                    if (!tests.TrueForAll(test => test.Label == MetricNames.AgentLabel || test.Test(ValueOf(series, test.Label))))
                        continue;
                    foreach (var (agent, ordinal) in members)
                    {
                        if (!tests.TrueForAll(test => test.Label != MetricNames.AgentLabel || test.Test(agent.Name)))
                            continue;
                        if (found.Count == limit)
                            return TooMany(limit);
                        found.Add(new StoredSeries(agent.Name, series, SeriesId.Of(agent.No, ordinal)));
                    }
                }
            }
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Agent, b.Agent));
        return found;
    }

    /// <summary>The metric named by an equality, or all.</summary>
    private List<Dictionary<Series, SeriesMembers>> Candidates(SeriesSelector selector)
    {
        var name = selector.Matchers.FirstOrDefault(matcher => matcher is { Label: SeriesSelector.NameLabel, Operator: MatchOperator.Equal });
        return name is null ? [.. _byMetric.Values] : _byMetric.TryGetValue(name.Value, out var ofMetric) ? [ofMetric] : [];
    }

    private static string ValueOf(Series series, string label) =>
        label == SeriesSelector.NameLabel ? series.Metric : series[label] ?? "";

    private static Problem TooMany(int limit) => new(
        ProblemCodes.InvalidArgument, $"The selector matches more than {limit} series. Name a metric, an agent or more labels.");
}
