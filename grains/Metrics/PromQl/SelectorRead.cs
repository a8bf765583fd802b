using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>What a query needs of the store for one of its selectors: who evaluates it finds the series, and adds each with its samples.</summary>
public abstract class SelectorRead
{
    private protected SelectorRead(Expression.Selector selector, long range, QuerySteps steps)
    {
        Selector = new SeriesSelector(selector.Matchers);
        From = steps.Start - selector.Offset - range;
        To = steps.End - selector.Offset + 1;
    }

    public SeriesSelector Selector { get; }

    /// <summary>The first time of which a sample is needed.</summary>
    public long From { get; }

    /// <summary>The first time of which none is needed any more.</summary>
    public long To { get; }

    /// <summary>Takes a series with its samples from <see cref="From"/> to before <see cref="To"/>, which it doesn't keep.</summary>
    public abstract void Add(StoredSeries series, IReadOnlyList<Sample> samples, CancellationToken cancellation);
}
