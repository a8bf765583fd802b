namespace Outrider.Grains.Metrics.Queries;

/// <summary>What becomes of the samples of one step.</summary>
public enum MetricAggregate
{
    /// <summary>Their average.</summary>
    Avg,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The last one.</summary>
    Last,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>How many.</summary>
    Count,

    /// <summary>Of a counter only: by how much it rose in a second, on average.</summary>
    Rate,
}
