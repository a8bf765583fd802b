namespace Outrider.Grains.Metrics.PromQl;

/// <summary>What becomes of the values that a group of series has at one time. In text the same words in small letters.</summary>
public enum AggregateOperator
{
    Sum,
    Avg,
    Min,
    Max,
    Count,

    /// <summary>Takes a share from 0 to 1.</summary>
    Quantile,

    /// <summary>Takes how many; keeps the series with the largest values, with all their labels.</summary>
    TopK,

    /// <summary>As <see cref="TopK"/>, the smallest.</summary>
    BottomK,
}
