namespace Outrider.Grains.Metrics.PromQl;

/// <summary>The samples of a series in a range up to a step: at least one.</summary>
/// <param name="times">Rising.</param>
/// <param name="values">As many.</param>
/// <param name="from">Where the range begins.</param>
/// <param name="to">Where it ends.</param>
public readonly ref struct Window(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long from, long to)
{
    public ReadOnlySpan<long> Times { get; } = times;

    public ReadOnlySpan<double> Values { get; } = values;

    public long From { get; } = from;

    public long To { get; } = to;
}
