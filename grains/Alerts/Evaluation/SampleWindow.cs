using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>The samples of one subject that a rule's window needs, in order of time, one a time. Immutable.</summary>
public sealed class SampleWindow
{
    /// <summary>Samples of one window at most; the oldest give way.</summary>
    public const int MaxSamples = 4_096;

    private readonly Sample[] _samples;

    private SampleWindow(Sample[] samples) => _samples = samples;

    public static SampleWindow Empty { get; } = new([]);

    public int Count => _samples.Length;

    public long Newest => _samples is [.., var newest] ? newest.Time : 0;

    /// <summary>The window with one more sample, at its place; of those before, what is <paramref name="length"/> ms older than the newest goes.</summary>
    public SampleWindow Add(Sample sample, long length)
    {
        var from = Math.Max(sample.Time, Newest) - length;
        if (sample.Time <= from)
            return this;
        var at = _samples.Length;
        while (at > 0 && _samples[at - 1].Time >= sample.Time)
            at--;
        var replaces = at < _samples.Length && _samples[at].Time == sample.Time ? 1 : 0;
        var skip = 0;
        while (skip < at && _samples[skip].Time <= from)
            skip++;
        skip = Math.Max(skip, Math.Min(at, _samples.Length + 1 - replaces - MaxSamples));
        var samples = new Sample[_samples.Length - skip + 1 - replaces];
        _samples.AsSpan(skip, at - skip).CopyTo(samples);
        samples[at - skip] = sample;
        _samples.AsSpan(at + replaces).CopyTo(samples.AsSpan(at - skip + 1));
        return new SampleWindow(samples);
    }

    /// <summary>The samples as one value; null: there are none.</summary>
    public double? Aggregate(RuleAggregation aggregation)
    {
        if (_samples.Length == 0)
            return null;
        if (aggregation == RuleAggregation.Last)
            return _samples[^1].Value;
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (var (_, value) in _samples)
        {
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
        return aggregation switch
        {
            RuleAggregation.Avg => sum / _samples.Length,
            RuleAggregation.Max => max,
            RuleAggregation.Min => min,
            RuleAggregation.Sum => sum,
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
        };
    }

    /// <summary>By how much a counter rose per second, from the first sample to the last; where it fell it began again at 0. Null: fewer than two.</summary>
    public double? Rate()
    {
        if (_samples.Length < 2)
            return null;
        double rise = 0;
        for (var i = 1; i < _samples.Length; i++)
        {
            var (before, after) = (_samples[i - 1].Value, _samples[i].Value);
            rise += after >= before ? after - before : after;
        }
        return rise * 1_000 / (_samples[^1].Time - _samples[0].Time);
    }
}
