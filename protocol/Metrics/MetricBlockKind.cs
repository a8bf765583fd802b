namespace Outrider.Protocol.Metrics;

/// <summary>What a block of a metric batch holds. A reader skips kinds it doesn't know.</summary>
public enum MetricBlockKind : byte
{
    /// <summary>Metric names and labels.</summary>
    SeriesTable = 1,

    /// <summary>Times and values of the series of the table before.</summary>
    Samples = 2,

    /// <summary>A snapshot of the processes.</summary>
    Processes = 3,
}
