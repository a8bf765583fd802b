namespace Outrider.Protocol.Metrics;

/// <summary>What is known of a metric.</summary>
/// <param name="Name">Ends in its unit, and in <c>_total</c> if it is a counter.</param>
/// <param name="Kind">How its values run.</param>
/// <param name="Unit">percent, bytes, seconds or empty (a number of things).</param>
/// <param name="Labels">The labels that tell its series apart, comma-separated; empty when there is one series per agent.</param>
/// <param name="Help">One line for a person.</param>
public sealed record MetricDescription(string Name, MetricKind Kind, string Unit, string Labels, string Help);
