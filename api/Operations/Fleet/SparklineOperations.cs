using Outrider.Api.Auth;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Fleet;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Fleet;

/// <summary>The small charts of the fleet.</summary>
public sealed class SparklineOperations(IMetricStore store, TimeProvider time)
{
    /// <summary>Agents of one answer at most.</summary>
    public const int MaxAgents = 100;

    private const string DefaultPeriod = "1h";
    private const int DefaultPoints = 30;

    /// <summary>Series of these agents at most.</summary>
    private const int MaxSeries = 2_000;

    /// <summary>Series of the metric, of all agents, at most.</summary>
    private const int MaxSearched = 200_000;

    private readonly SeriesReader _reader = new(store, time);

    /// <summary>One metric of several agents; those that have none of it get nulls. Problem: <c>invalid_argument</c>.</summary>
    public async Task<Outcome<FleetSparklines>> ReadAsync(Caller caller, SparklineQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsRead) is { } forbidden)
            return forbidden;
        var selection = MetricSelection.Parse(new MetricQuestion { Metric = question.Metric ?? FleetValues.Cpu });
        if (!selection.Ok)
            return selection.Problem;
        var points = question.Points ?? DefaultPoints;
        if (Check(question.Agents, points) is { } wrong)
            return wrong;
        if (!Periods.TryParse(question.Period ?? DefaultPeriod, out var length) || length > SparklineSpan.MaxLength)
            return QueryProblem.Of("period", question.Period!, $"at most {Periods.Text(SparklineSpan.MaxLength)}, written as {Periods.Rule}");
        var agents = question.Agents.Distinct(StringComparer.Ordinal).ToList();
        var series = await FindAsync(caller.Tenant, selection.Value.Metric, agents, cancellation);
        if (!series.Ok)
            return series.Problem;
        var (span, step) = SparklineSpan.Of(_reader.Now, length, points, await _reader.PolicyAsync(caller.Tenant, cancellation));
        var read = await _reader.ReadAsync(caller.Tenant, series.Value, span, step, selection.Value.Aggregate, cancellation);
        return read.Ok ? Answer(agents, series.Value, span, step, read.Value) : read.Problem;
    }

    private static Problem? Check(IReadOnlyList<string> agents, int points) =>
        agents.Count is < 1 or > MaxAgents ? QueryProblem.Of($"agents must be given 1 to {MaxAgents} times; it is given {agents.Count} times.")
        : agents.FirstOrDefault(agent => !Names.IsAgent(agent)) is { } wrong ? QueryProblem.Of("agents", wrong, $"an agent's name: {Names.Rule}")
        : points is < 2 or > SparklineSpan.MaxPoints ? QueryProblem.Of($"points must be 2 to {SparklineSpan.MaxPoints}; it is {points}.")
        : null;

    /// <summary>All agents are searched at once: that is cheaper than one after the other, and nothing is read for it.</summary>
    private async ValueTask<Outcome<List<StoredSeries>>> FindAsync(
        string tenant, string metric, List<string> agents, CancellationToken cancellation)
    {
        var found = await store.FindAsync(tenant, SeriesSelector.Of(metric), MaxSearched, cancellation);
        if (!found.Ok)
            return found;
        var wanted = agents.ToHashSet(StringComparer.Ordinal);
        var series = found.Value.FindAll(one => wanted.Contains(one.Agent));
        return series.Count <= MaxSeries ? series : QueryProblem.Of(
            $"These agents have {series.Count} series of {metric}; at most {MaxSeries} can be asked for. Name fewer agents.");
    }

    private static FleetSparklines Answer(List<string> agents, List<StoredSeries> series, QuerySpan span, long step, SeriesRead read)
    {
        var values = agents.ToDictionary(agent => agent, _ => new double?[read.Columns.Times.Count], StringComparer.Ordinal);
        foreach (var (i, one) in series.Index())
        {
            var highest = values[one.Agent];
            foreach (var (at, value) in read.Columns.Values[i].Index())
                highest[at] = highest[at] > value ? highest[at] : value ?? highest[at];
        }
        return new FleetSparklines(
            Times.At(span.From), Times.At(span.To), step / (double)Periods.Second, [.. agents.Select(agent => new FleetSparkline(agent, values[agent]))]);
    }
}
