using Outrider.Grains.Agents;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What a rule looks at now: agents of a tenant, and their series.</summary>
internal sealed class RuleTargets(IGrains grains, IMetricStore store)
{
    /// <summary>The agents that a rule matches, by name.</summary>
    public async Task<List<string>> AgentsAsync(string tenant, RuleDefinition rule)
    {
        var names = await grains.Get<IAgentDirectory>(tenant).ListAsync(null, int.MaxValue);
        return names.FindAll(name => rule.Agents.Exists(pattern => Names.Matches(pattern, name)));
    }

    /// <summary>The series that a rule looks at, by agent and labels; <c>invalid_argument</c>: there are more than <paramref name="limit"/>.</summary>
    public async Task<Outcome<List<StoredSeries>>> SeriesAsync(
        string tenant, RuleDefinition rule, IReadOnlyList<string> agents, int limit, CancellationToken cancellation)
    {
        if (rule.Expression is { } expression)
            return await SelectedAsync(tenant, expression, limit, cancellation);
        var ready = new EvaluatedRule(rule);
        var wanted = agents.ToHashSet(StringComparer.Ordinal);
        // The store knows no patterns of labels: it may find more than the rule looks at.
        var found = await store.FindAsync(tenant, SeriesSelector.Of(rule.Metric), QueryLimits.Series, cancellation);
        if (!found.Ok)
            return found.Problem;
        var series = found.Value.Where(one => wanted.Contains(one.Agent) && ready.Looks(one.Series)).ToList();
        return series.Count <= limit ? Sorted(series) : TooMany(limit);
    }

    private async Task<Outcome<List<StoredSeries>>> SelectedAsync(string tenant, string expression, int limit, CancellationToken cancellation)
    {
        var parsed = PromQlParser.Parse(expression);
        if (!parsed.Ok)
            return parsed.Problem;
        var series = new Dictionary<long, StoredSeries>();
        foreach (var read in new QueryPlan(parsed.Value, Grains.Metrics.PromQl.QuerySteps.Once(0)).Reads)
        {
            var found = await store.FindAsync(tenant, read.Selector, limit, cancellation);
            if (!found.Ok)
                return found.Problem;
            foreach (var one in found.Value)
                series[one.Id] = one;
        }
        return series.Count <= limit ? Sorted([.. series.Values]) : TooMany(limit);
    }

    private static List<StoredSeries> Sorted(List<StoredSeries> series) =>
        [.. series.OrderBy(one => one.Agent, StringComparer.Ordinal).ThenBy(one => one.Series.ToString(), StringComparer.Ordinal)];

    private static Problem TooMany(int limit) =>
        QueryProblem.Of($"The rule looks at more than {limit} series. Narrow agents or labels, and ask for the rest after.");
}
