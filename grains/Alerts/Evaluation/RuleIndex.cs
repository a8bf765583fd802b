using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>The rules of one agent, by what they look at: makes readings of what it reports.</summary>
public sealed class RuleIndex
{
    /// <summary>Which rules look at a series is remembered for so many series.</summary>
    private const int MaxKnown = 32_768;

    private static readonly EvaluatedRule[] s_none = [];

    private readonly Dictionary<string, EvaluatedRule[]> _byMetric;
    private readonly Dictionary<Series, EvaluatedRule[]> _bySeries = [];
    private readonly (EvaluatedRule Rule, Series Subject)[] _ofProcesses;

    /// <param name="rules">Those that match the agent.</param>
    public RuleIndex(IReadOnlyList<EvaluatedRule> rules)
    {
        Rules = rules;
        _ofProcesses = [.. rules.Where(rule => ProcessMetrics.Contains(rule.Definition.Metric)).Select(rule => (rule, Subject(rule.Definition)))];
        _byMetric = rules.Where(rule => !ProcessMetrics.Contains(rule.Definition.Metric))
            .GroupBy(rule => rule.Definition.Metric, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);
    }

    public IReadOnlyList<EvaluatedRule> Rules { get; }

    /// <summary>The rules that look at a series, also those that ask whether it is there.</summary>
    public IReadOnlyList<EvaluatedRule> Of(Series series)
    {
        if (!_byMetric.TryGetValue(series.Metric, out var rules))
            return s_none;
        if (_bySeries.TryGetValue(series, out var known))
            return known;
        if (_bySeries.Count >= MaxKnown)
            _bySeries.Clear();
        return _bySeries[series] = Array.FindAll(rules, rule => rule.Looks(series));
    }

    /// <summary>What a table of processes says to the rules of processes. A process of which a value isn't known doesn't count in it.</summary>
    public IEnumerable<Reading> Of(ProcessTable table)
    {
        foreach (var (rule, subject) in _ofProcesses)
        {
            if (Value(rule.Definition, table) is { } value)
                yield return new Reading(rule, subject, new Sample(table.Time, value));
        }
    }

    private static Series Subject(RuleDefinition rule) =>
        rule.Process is { } process ? new Series(rule.Metric, new Label("process", process.Name)) : new Series(rule.Metric);

    private static double? Value(RuleDefinition rule, ProcessTable table)
    {
        Func<ProcessRow, double?> of = rule.Metric switch
        {
            ProcessMetrics.Cpu => row => row.CpuPercent,
            ProcessMetrics.Memory => row => row.MemoryBytes / (double)(1 << 20),
            ProcessMetrics.SystemCpu => table.CpuPercentNormalized,
            ProcessMetrics.SystemMemory => table.MemoryPercent,
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
        var filter = ProcessMetrics.IsOfProcesses(rule.Metric) ? rule.Process ?? new ProcessFilter("*") : new ProcessFilter("*", RuleAggregation.Sum);
        var values = table.Rows.Where(row => Names.Matches(filter.Name, row.Name)).Select(of).OfType<double>().ToList();
        return values.Count == 0 ? null : filter.Aggregation switch
        {
            RuleAggregation.Max => values.Max(),
            RuleAggregation.Min => values.Min(),
            RuleAggregation.Sum => values.Sum(),
            _ => values.Average(),
        };
    }
}
