namespace Outrider.Grains.Metrics.PromQl;

/// <summary>An expression with the times of its evaluation, and what it needs of the store for that. Used once.</summary>
public sealed class QueryPlan
{
    private readonly Dictionary<string, SelectorRead> _reads = new(StringComparer.Ordinal);

    public QueryPlan(Expression expression, QuerySteps steps)
    {
        Expression = expression;
        Steps = steps;
        Visit(expression);
    }

    public Expression Expression { get; }

    public QuerySteps Steps { get; }

    /// <summary>Each different one once, however often the expression has it.</summary>
    public IReadOnlyCollection<SelectorRead> Reads => _reads.Values;

    internal IReadOnlyList<StepSeries> SeriesOf(Expression leaf) => ((WindowRead)_reads[leaf.ToString()]).Series();

    internal IReadOnlyList<RangeSeries> SamplesOf(Expression.Range range) => ((SampleRead)_reads[range.ToString()]).Series();

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case Expression.Selector selector:
                _reads.TryAdd(selector.ToString(), WindowRead.Of(selector, Steps));
                break;
            case Expression.Call call:
                _reads.TryAdd(call.ToString(), WindowRead.Of(call, Evaluator.Scalar(call.Argument), Steps));
                break;
            case Expression.Range range:
                _reads.TryAdd(range.ToString(), new SampleRead(range, Steps));
                break;
            case Expression.Negation negation:
                Visit(negation.Operand);
                break;
            case Expression.Aggregation aggregation:
                Visit(aggregation.Operand);
                break;
            case Expression.Binary binary:
                Visit(binary.Left);
                Visit(binary.Right);
                break;
        }
    }
}
