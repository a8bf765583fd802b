namespace Outrider.Api.Telemetry;

/// <summary>How the measurements of an instrument make a metric.</summary>
internal enum MetricType
{
    /// <summary>Measurements add up and never fall.</summary>
    Counter,

    /// <summary>Measurements add up.</summary>
    Gauge,

    /// <summary>Measurements fall into buckets.</summary>
    Histogram,

    /// <summary>A measurement is the total.</summary>
    ObservedCounter,

    /// <summary>A measurement is the value.</summary>
    ObservedGauge,
}
