namespace Outrider.Grains.Metrics.PromQl;

/// <summary>How large a query may be.</summary>
public static class QueryLimits
{
    /// <summary>Characters of an expression.</summary>
    public const int TextLength = 32 * 1024;

    /// <summary>Levels of an expression.</summary>
    public const int Height = 200;

    /// <summary>Series of one selector.</summary>
    public const int Series = 10_000;

    /// <summary>Steps between start and end, as Prometheus has it.</summary>
    public const int Steps = 11_000;

    /// <summary>Values that are kept: series times steps of all selectors together; of a range vector its samples.</summary>
    public const int Points = 5_000_000;

    /// <summary>Samples that are read, all selectors together.</summary>
    public const int Samples = 50_000_000;
}
