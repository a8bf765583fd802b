using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>A rule in one of the two older forms: a flat one about processes, and one with a condition and actions.</summary>
public sealed record OldRule
{
    /// <summary>Left out: made of the name.</summary>
    public string? Id { get; init; }

    /// <summary>Required.</summary>
    public string? Name { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Of the flat form: cpu_percent, memory_mb, system_cpu_percent or system_memory_percent.</summary>
    public string? Metric { get; init; }

    /// <summary>Of the flat form: exceeded is above it.</summary>
    public double? Threshold { get; init; }

    /// <summary>Of the flat form: seconds.</summary>
    public RuleDuration? Duration { get; init; }

    /// <summary>Of the flat form: names of channels.</summary>
    public List<string>? Channels { get; init; }

    /// <summary>Of the flat form: the process's exact name; left out: all of them.</summary>
    public string? Process { get; init; }

    /// <summary>Of the flat form: max, avg or sum; left out: avg.</summary>
    public RuleAggregation? Aggregation { get; init; }

    /// <summary>Of the other form: names of agents, or *.</summary>
    public List<string>? ServerNames { get; init; }

    public OldCondition? Condition { get; init; }

    /// <summary>Of the other form: where it is told; a channel is made of each.</summary>
    public List<OldAction>? Actions { get; init; }

    /// <summary>The same in the form of today, without the channels of its actions; <c>invalid_argument</c>.</summary>
    public Outcome<RuleView> ToRule()
    {
        if (Condition is null)
            return ServerNames is null && Actions is null ? Flat() : TenantRules.Invalid("condition is missing: it goes with server_names and actions.");
        if (Metric is not null || Threshold is not null || Duration is not null || Process is not null || Aggregation is not null || Channels is not null)
            return TenantRules.Invalid("metric, threshold, duration, process, aggregation and channels are another form than condition; write one of the two.");
        var condition = Condition;
        var metric = OldMetricNames.Now(condition.Metric);
        return new RuleView
        {
            Id = Id,
            Name = Name,
            Enabled = Enabled,
            Agents = ServerNames,
            Metric = metric,
            Process = ProcessMetrics.IsOfProcesses(metric) ? new RuleProcess("*") : null,
            Operator = condition.Operator,
            Threshold = condition.Threshold,
            Duration = condition.Duration,
        };
    }

    private Outcome<RuleView> Flat()
    {
        if (Metric is null || !ProcessMetrics.Contains(Metric))
        {
            return TenantRules.Invalid(
                $"metric must be {ProcessMetrics.Cpu}, {ProcessMetrics.Memory}, {ProcessMetrics.SystemCpu} or {ProcessMetrics.SystemMemory} in this form. "
                + "POST /api/v1/rules takes rules on every metric.");
        }
        return new RuleView
        {
            Id = Id,
            Name = Name,
            Enabled = Enabled,
            Metric = Metric,
            Threshold = Threshold,
            Duration = Duration,
            Channels = Channels,
            // Process and aggregation of a rule about the whole machine never meant anything.
            Process = ProcessMetrics.IsOfProcesses(Metric)
                ? new RuleProcess(string.IsNullOrEmpty(Process) ? "*" : Process, Aggregation ?? RuleAggregation.Avg)
                : null,
        };
    }
}
