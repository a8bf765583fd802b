using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Operations.Metrics;

/// <summary>What was read of several series: their values over the same times, and of each a summary (null: there is no sample).</summary>
internal sealed record SeriesRead(SeriesColumns Columns, List<SeriesSummary?> Summaries);
