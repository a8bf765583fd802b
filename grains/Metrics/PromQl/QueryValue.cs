namespace Outrider.Grains.Metrics.PromQl;

/// <summary>What an expression evaluated to, at all steps.</summary>
public abstract record QueryValue
{
    private QueryValue()
    {
    }

    /// <summary>The same at every step.</summary>
    public sealed record Scalar(double Value) : QueryValue;

    public sealed record Text(string Value) : QueryValue;

    /// <summary>Sorted by labels; of one step of topk and bottomk, in their order.</summary>
    public sealed record Vector(IReadOnlyList<StepSeries> Series) : QueryValue;

    /// <summary>Sorted by labels.</summary>
    public sealed record Matrix(IReadOnlyList<RangeSeries> Series) : QueryValue;
}
