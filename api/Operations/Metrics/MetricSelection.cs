using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>Which series a question is about, and what it wants of them: the part of a question that needs no store.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Labels">Conditions on its labels.</param>
/// <param name="Aggregate">What its values are.</param>
internal sealed record MetricSelection(string Metric, MetricKind Kind, List<LabelMatcher> Labels, MetricAggregate Aggregate)
{
    public bool IsRate => Aggregate == MetricAggregate.Rate;

    /// <summary>The unit of its values.</summary>
    public string Unit => IsRate ? MetricUnits.OfRate(Metric) : MetricUnits.Of(Metric);

    public static Outcome<MetricSelection> Parse(MetricQuestion question)
    {
        if (!MetricNames.IsMetric(question.Metric))
            return SeriesFilters.WrongMetric(question.Metric);
        var kind = MetricCatalog.KindOf(question.Metric!);
        var labels = SeriesFilters.Labels(question.Labels);
        if (!labels.Ok)
            return labels.Problem;
        var aggregate = Aggregates.Parse(question.Aggregate, kind);
        return aggregate.Ok ? new MetricSelection(question.Metric!, kind, labels.Value, aggregate.Value) : aggregate.Problem;
    }

    public SeriesSelector Of(string agent) =>
        new([new LabelMatcher(SeriesSelector.NameLabel, MatchOperator.Equal, Metric), SeriesFilters.Agent(agent), .. Labels]);
}
