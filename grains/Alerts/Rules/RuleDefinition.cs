namespace Outrider.Grains.Alerts.Rules;

/// <summary>What is wrong, and for whom: one rule of a tenant. docs/alerts.md says what each part means.</summary>
public sealed record RuleDefinition
{
    /// <summary>Unique within the tenant; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public bool Enabled { get; init; } = true;

    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>Names of agents and patterns with <c>*</c>, one of which must match.</summary>
    public List<string> Agents { get; init; } = ["*"];

    /// <summary>
    /// What is looked at: a metric of agents, one of <see cref="ProcessMetrics"/>, or <see cref="AgentStatusMetric"/>. Empty with an
    /// <see cref="Expression"/>.
    /// </summary>
    public string Metric { get; init; } = "";

    /// <summary>Labels a series must have, by pattern, as <c>name=pattern</c>. Each series that matches is a subject of its own.</summary>
    public List<string> Labels { get; init; } = [];

    /// <summary>Which processes; only for <see cref="ProcessMetrics"/>.</summary>
    public ProcessFilter? Process { get; init; }

    /// <summary>The metric counts up: what is compared is its rate per second over the window.</summary>
    public bool Rate { get; init; }

    /// <summary>How the samples of the window become one value.</summary>
    public RuleAggregation Aggregation { get; init; } = RuleAggregation.Last;

    /// <summary>Length of the window; 0: the newest sample alone.</summary>
    public int WindowSeconds { get; init; }

    public RuleOperator Operator { get; init; } = RuleOperator.Above;

    public double Threshold { get; init; }

    /// <summary>True: nothing is compared; it is wrong that no sample comes for <see cref="DurationSeconds"/> while the agent is online.</summary>
    public bool Absent { get; init; }

    /// <summary>Instead of metric and comparison: PromQL whose every result is an alert. Evaluated every <see cref="IntervalSeconds"/>.</summary>
    public string? Expression { get; init; }

    /// <summary>How often an <see cref="Expression"/> is evaluated.</summary>
    public int IntervalSeconds { get; init; } = 60;

    /// <summary>How long the condition must be true, while it is measured, until the alert fires.</summary>
    public int DurationSeconds { get; init; }

    /// <summary>How long it must be false until the alert is resolved.</summary>
    public int KeepFiringSeconds { get; init; }

    /// <summary>Names of channels; none: the tenant's default ones.</summary>
    public List<string> Channels { get; init; } = [];

    /// <summary>After how many minutes an alert that still fires and that nobody acknowledged is told again.</summary>
    public int RepeatMinutes { get; init; } = DefaultRepeatMinutes;

    /// <summary>How long alerts of the rule are collected before they are told together; 0: told at once.</summary>
    public int GroupSeconds { get; init; }

    /// <summary>What the alert says, with placeholders such as <c>{{agent}}</c>; null: what is said of every alert.</summary>
    public string? Summary { get; init; }

    /// <summary>The centre made it: it can be changed and disabled, not deleted.</summary>
    public bool Builtin { get; init; }

    /// <summary>Rises with each change of any rule of the tenant; set by the centre.</summary>
    public long Revision { get; init; }

    public const int DefaultRepeatMinutes = 30;

    /// <summary>Of an agent, as the centre sees it: 0 online, 1 degraded, 2 offline.</summary>
    public const string AgentStatusMetric = "agent_status";

    /// <summary>Whether alerts that fired under <paramref name="other"/> go on under this one: both mean the same.</summary>
    public bool MeansSameAs(RuleDefinition other) =>
        Metric == other.Metric && Labels.SequenceEqual(other.Labels) && Process == other.Process && Rate == other.Rate
        && Aggregation == other.Aggregation && WindowSeconds == other.WindowSeconds && Operator == other.Operator
        && Threshold.Equals(other.Threshold) && Absent == other.Absent && Expression == other.Expression
        && DurationSeconds == other.DurationSeconds && KeepFiringSeconds == other.KeepFiringSeconds;
}
