using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>A rule made ready for evaluation; times in milliseconds.</summary>
public sealed class EvaluatedRule
{
    private readonly LabelPattern[] _labels;

    public EvaluatedRule(RuleDefinition definition)
    {
        Definition = definition;
        _labels = [.. definition.Labels.Select(LabelPattern.Of)];
        Window = definition.WindowSeconds * 1_000L;
        // A result of an expression is 1 while it is there. An absence is how long nothing came, compared with how long it may.
        (Operator, Threshold) = definition.Expression is not null ? (RuleOperator.Above, 0)
            : definition.Absent ? (RuleOperator.AtLeast, definition.DurationSeconds)
            : (definition.Operator, definition.Threshold);
        (Duration, KeepFiring) = definition.Absent ? (0, 0) : (definition.DurationSeconds * 1_000L, definition.KeepFiringSeconds * 1_000L);
    }

    public RuleDefinition Definition { get; }

    public string Id => Definition.Id;

    public long Window { get; }

    public long Duration { get; }

    public long KeepFiring { get; }

    public double Threshold { get; }

    private RuleOperator Operator { get; }

    /// <summary>Whether it is looked at for this agent at all.</summary>
    public static bool Matches(RuleDefinition rule, string agent) =>
        rule.Enabled && rule.Expression is null && rule.Agents.Exists(pattern => Names.Matches(pattern, agent));

    /// <summary>Whether it looks at this series.</summary>
    public bool Looks(Series series)
    {
        if (series.Metric != Definition.Metric)
            return false;
        foreach (var label in _labels)
        {
            if (!label.Matches(series[label.Name]))
                return false;
        }
        return true;
    }

    public bool Holds(double value) => Operator.Holds(value, Threshold);

    /// <summary>The window with a sample more, as the rule needs it: without one the newest sample is enough.</summary>
    public SampleWindow Keep(SampleWindow window, Sample sample) => Window == 0 ? SampleWindow.Empty : window.Add(sample, Window);

    /// <summary>What is compared; null: nothing can be.</summary>
    public double? Compared(SampleWindow window, Sample sample) =>
        Window == 0 ? sample.Value : Definition.Rate ? window.Rate() : window.Aggregate(Definition.Aggregation);
}
