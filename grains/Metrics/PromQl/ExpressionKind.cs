namespace Outrider.Grains.Metrics.PromQl;

/// <summary>What an expression evaluates to. In this subset a scalar is the same at every time.</summary>
public enum ExpressionKind
{
    Scalar,
    String,

    /// <summary>A value at each time, of each of some series.</summary>
    InstantVector,

    /// <summary>The samples up to each time, of each of some series.</summary>
    RangeVector,
}
