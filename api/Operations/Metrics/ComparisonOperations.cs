using Outrider.Api.Auth;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>Compares agents and periods by one metric, the same for every front door.</summary>
public sealed class ComparisonOperations(IMetricStore store, AgentOperations agents, TimeProvider time)
{
    /// <summary>Agents of one comparison at most.</summary>
    public const int MaxAgents = 20;

    /// <summary>Periods of one comparison at most.</summary>
    public const int MaxPeriods = 12;

    private readonly SeriesReader _reader = new(store, time);

    /// <summary>Problems: <c>agent_not_found</c>, <c>metric_not_found</c>, <c>invalid_argument</c>.</summary>
    public async Task<Outcome<MetricComparison>> CompareAsync(Caller caller, ComparisonQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsRead) is { } forbidden)
            return forbidden;
        var selection = MetricSelection.Parse(question.Metric);
        if (!selection.Ok)
            return selection.Problem;
        var policy = await _reader.PolicyAsync(caller.Tenant, cancellation);
        var periods = PeriodsOf(question, QuerySpan.MaxLength(policy));
        if (!periods.Ok)
            return periods.Problem;
        var names = await agents.MatchAsync(caller, question.Agents, MaxAgents);
        if (!names.Ok)
            return names.Problem;
        var found = await _reader.FindAsync(caller.Tenant, names.Value, selection.Value, cancellation);
        if (!found.Ok)
            return found.Problem;
        var step = _reader.StepOf(
            question.Metric, periods.Value.Max(period => period.Length), found.Value.Count * periods.Value.Count,
            periods.Value.Min(period => period.From), policy);
        if (!step.Ok)
            return step.Problem;
        var reads = new List<SeriesRead>(periods.Value.Count);
        foreach (var period in periods.Value)
        {
            var read = await _reader.ReadAsync(caller.Tenant, found.Value, period, step.Value, selection.Value.Aggregate, cancellation);
            if (!read.Ok)
                return read.Problem;
            reads.Add(read.Value);
        }
        return Answer(selection.Value, step.Value, names.Value, periods.Value, found.Value, reads);
    }

    private Outcome<List<QuerySpan>> PeriodsOf(ComparisonQuestion question, long maxLength)
    {
        if (question.Previous is < 0 or >= MaxPeriods)
            return QueryProblem.Of($"previous must be 0 to {MaxPeriods - 1}; it is {question.Previous}.");
        if (question.Periods.Count > MaxPeriods)
            return QueryProblem.Of($"There are {question.Periods.Count} periods; at most {MaxPeriods} can be compared.");
        var periods = new List<QuerySpan>();
        if (question.Periods.Count > 0)
        {
            if (question is not { Previous: 0, Metric: { From: null, To: null, Period: null } })
                return QueryProblem.Of("Give periods, or from, to, period and previous, not both.");
            foreach (var text in question.Periods)
            {
                var one = QuerySpan.ParseInterval(text, maxLength);
                if (!one.Ok)
                    return one.Problem;
                periods.Add(one.Value);
            }
            return periods.OrderBy(period => period.From).ToList();
        }
        var last = QuerySpan.Parse(question.Metric.From, question.Metric.To, question.Metric.Period, _reader.Now, maxLength);
        if (!last.Ok)
            return last.Problem;
        periods.Add(last.Value);
        while (periods.Count <= question.Previous)
            periods.Insert(0, periods[0].Before);
        return periods[0].From < 0 ? QueryProblem.Of("The periods begin before 1970. Ask for fewer or shorter ones.") : periods;
    }

    private static MetricComparison Answer(
        MetricSelection selection, long step, List<string> agents, List<QuerySpan> periods, List<StoredSeries> series, List<SeriesRead> reads)
    {
        var compared = new List<ComparedSeries>(series.Count * periods.Count);
        foreach (var (i, one) in series.Index())
        {
            double? before = null;
            foreach (var (period, read) in reads.Index())
            {
                var summary = read.Summaries[i];
                compared.Add(new ComparedSeries(
                    one.Agent, period, MetricLabels.Of(one.Series), read.Columns.Values[i], summary,
                    MetricChange.Between(before, summary?.Average)));
                before = summary?.Average;
            }
        }
        return new MetricComparison
        {
            Metric = selection.Metric,
            Kind = selection.Kind,
            Unit = selection.Unit,
            Aggregate = selection.Aggregate,
            Step = QuerySteps.Text(step),
            StepSeconds = step / (double)Periods.Second,
            Agents = agents,
            Periods = [.. periods.Select((period, i) =>
                new ComparedPeriod(Times.At(period.From), Times.At(period.To), [.. reads[i].Columns.Times.Select(Times.At)]))],
            Series = compared,
        };
    }
}
