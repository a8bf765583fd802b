using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Operations.Metrics;

/// <summary>A series in one of the periods of a comparison.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Period">Which period, counted from 0.</param>
/// <param name="Labels">What tells it from others of the metric and agent.</param>
/// <param name="Values">One for each of the period's times; null: no sample then, or none that is a finite number.</param>
/// <param name="Summary">Average, peak and so on; null when there is no sample.</param>
/// <param name="Change">Its average against that of the same series in the period before; null in the first, or when one isn't known.</param>
public sealed record ComparedSeries(
    string Agent, int Period, Dictionary<string, string> Labels, double?[] Values, SeriesSummary? Summary, MetricChange? Change);
