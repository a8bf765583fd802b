namespace Outrider.Grains.Metrics.PromQl;

/// <summary>The times at which an expression is evaluated.</summary>
/// <param name="Start">The first: milliseconds since 1970-01-01 UTC.</param>
/// <param name="Length">Milliseconds from one to the next, above 0.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record QuerySteps(long Start, long Length, int Count)
{
    public long End => At(Count - 1);

    /// <summary>One time only.</summary>
    public static QuerySteps Once(long time) => new(time, 1, 1);

    public long At(int step) => Start + step * Length;
}
