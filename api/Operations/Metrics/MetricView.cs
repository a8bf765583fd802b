using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

/// <summary>A metric that an agent has.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Kind">Gauge or counter; of a scraped metric by its name's ending.</param>
/// <param name="Unit">percent, bytes, seconds or empty (a number of things, or not known).</param>
/// <param name="Help">One line for a person; null for a scraped metric.</param>
/// <param name="Series">How many series the agent has of it.</param>
/// <param name="Labels">What tells them apart.</param>
public sealed record MetricView(string Metric, MetricKind Kind, string Unit, string? Help, int Series, List<MetricLabelView> Labels);
