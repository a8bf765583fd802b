using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Operations.Metrics;

/// <summary>A series of an answer.</summary>
/// <param name="Labels">What tells it from others of the metric.</param>
/// <param name="Values">One for each of the answer's times; null: no sample then, or none that is a finite number.</param>
/// <param name="Summary">Average, peak and so on over the whole stretch; null when there is no sample in it.</param>
public sealed record SeriesView(Dictionary<string, string> Labels, double?[] Values, SeriesSummary? Summary);
