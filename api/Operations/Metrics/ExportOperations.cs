using Outrider.Api.Auth;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>Prepares exports, the same for every front door.</summary>
public sealed class ExportOperations(IMetricStore store, AgentOperations agents, TimeProvider time)
{
    /// <summary>Agents and series of one export at most.</summary>
    public const int MaxAgents = 100;

    public const int MaxSeries = 1_000;

    /// <summary>Finds what is to be exported and reads nothing yet. Problems: <c>agent_not_found</c>, <c>invalid_argument</c>.</summary>
    public async Task<Outcome<MetricExport>> OpenAsync(Caller caller, ExportQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsRead) is { } forbidden)
            return forbidden;
        var selectors = Selectors(question);
        if (!selectors.Ok)
            return selectors.Problem;
        var policy = (await store.ReadUsageAsync(caller.Tenant, cancellation)).Policy;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var span = QuerySpan.Parse(question.From, question.To, question.Period, now, QuerySpan.MaxLength(policy));
        if (!span.Ok)
            return span.Problem;
        var names = await agents.MatchAsync(caller, question.Agents, MaxAgents);
        if (!names.Ok)
            return names.Problem;
        var series = new Dictionary<long, StoredSeries>();
        foreach (var agent in names.Value)
        {
            foreach (var selector in selectors.Value)
            {
                var ofAgent = new SeriesSelector([SeriesFilters.Agent(agent), .. selector.Matchers]);
                var found = await store.FindAsync(caller.Tenant, ofAgent, MaxSeries, cancellation);
                foreach (var one in found.Value ?? [])
                    series[one.Id] = one;
                if (!found.Ok || series.Count > MaxSeries)
                {
                    return QueryProblem.Of(
                        $"That are more than {MaxSeries} series. Name fewer agents or metrics, or labels, and export the rest after.");
                }
            }
        }
        var sorted = series.Values.OrderBy(one => one.Agent, StringComparer.Ordinal).ThenBy(one => one.Series.ToString(), StringComparer.Ordinal);
        return new MetricExport(store, caller.Tenant, [.. sorted], span.Value);
    }

    private static Outcome<List<SeriesSelector>> Selectors(ExportQuestion question)
    {
        var labels = SeriesFilters.Labels(question.Labels);
        if (!labels.Ok)
            return labels.Problem;
        if (question.Metrics.Count == 0)
            return new List<SeriesSelector> { new(labels.Value) };
        var selectors = new List<SeriesSelector>(question.Metrics.Count);
        foreach (var metric in question.Metrics)
        {
            var matcher = SeriesFilters.Metric(metric);
            if (!matcher.Ok)
                return matcher.Problem;
            selectors.Add(new SeriesSelector([matcher.Value, .. labels.Value]));
        }
        return selectors;
    }
}
