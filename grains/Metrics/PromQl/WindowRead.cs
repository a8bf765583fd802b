using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>
/// A selector whose samples a function reduces to one value a step, as they come: afterwards the samples needn't stay in memory. An
/// instant vector is the last value of the 5 minutes before.
/// </summary>
internal sealed class WindowRead : SelectorRead
{
    /// <summary>How far Prometheus looks back for the value of an instant vector.</summary>
    private const long LookBack = 5 * 60_000;

    private readonly RangeFunction _function;
    private readonly double _argument;
    private readonly long _range;
    private readonly long _offset;
    private readonly QuerySteps _steps;
    private readonly List<StepSeries> _series = [];
    private long[] _times = [];
    private double[] _values = [];

    private WindowRead(RangeFunction function, double argument, Expression.Selector selector, long range, QuerySteps steps)
        : base(selector, range, steps)
    {
        _function = function;
        _argument = argument;
        _range = range;
        _offset = selector.Offset;
        _steps = steps;
    }

    public static WindowRead Of(Expression.Selector selector, QuerySteps steps) =>
        new(RangeFunctions.Last, 0, selector, LookBack, steps);

    public static WindowRead Of(Expression.Call call, double argument, QuerySteps steps) =>
        new(call.Function, argument, call.Operand.Source, call.Operand.Length, steps);

    public override void Add(StoredSeries series, IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        Copy(samples);
        double[]? values = null;
        int begin = 0, end = 0;
        for (var step = 0; step < _steps.Count && begin < samples.Count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var to = _steps.At(step) - _offset;
            var from = to - _range;
            while (end < samples.Count && _times[end] <= to)
                end++;
            while (begin < end && _times[begin] < from)
                begin++;
            if (begin == end)
                continue;
            var value = _function.Apply(new Window(_times.AsSpan(begin..end), _values.AsSpan(begin..end), from, to), _argument);
            if (!Absent.Is(value))
                (values ??= Absent.Array(_steps.Count))[step] = value;
        }
        if (values is null)
            return;
        var labels = LabelSet.Of(series);
        _series.Add(new StepSeries(_function.KeepsName ? labels : labels.DropName(), values));
    }

    /// <summary>All series added, sorted by labels.</summary>
    /// <exception cref="QueryException">Without their name, two are the same.</exception>
    public IReadOnlyList<StepSeries> Series()
    {
        _series.Sort(static (a, b) => LabelSet.Compare(a.Labels, b.Labels));
        StepVector.RequireDistinct(_series);
        return _series;
    }

    private void Copy(IReadOnlyList<Sample> samples)
    {
        if (_times.Length < samples.Count)
        {
            _times = new long[samples.Count];
            _values = new double[samples.Count];
        }
        for (var i = 0; i < samples.Count; i++)
            (_times[i], _values[i]) = samples[i];
    }
}
