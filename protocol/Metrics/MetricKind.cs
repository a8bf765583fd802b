namespace Outrider.Protocol.Metrics;

/// <summary>How a metric's values run.</summary>
public enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only rises, and begins at 0 again after a restart: its rate is what tells something.</summary>
    Counter,
}
