using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>A rule as front doors show and take it. What an answer has can be sent back as it is.</summary>
public sealed record RuleView
{
    /// <summary>Left out: made of the name.</summary>
    public string? Id { get; init; }

    /// <summary>For people. Required.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool Enabled { get; init; } = true;

    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>Names and patterns of agents; left out: all.</summary>
    public List<string>? Agents { get; init; }

    /// <summary>What is looked at. Required unless there is an expression.</summary>
    public string? Metric { get; init; }

    /// <summary>By label a pattern of its value.</summary>
    public Dictionary<string, string>? Labels { get; init; }

    public RuleProcess? Process { get; init; }

    public RuleAggregation Aggregation { get; init; }

    public RuleDuration? Window { get; init; }

    public bool Rate { get; init; }

    /// <summary>Left out: &gt;.</summary>
    public RuleOperator? Operator { get; init; }

    /// <summary>Required unless there is an expression, or it is absent that is wrong.</summary>
    public double? Threshold { get; init; }

    public bool Absent { get; init; }

    /// <summary>PromQL instead of all that.</summary>
    public string? Expression { get; init; }

    /// <summary>How often an expression is evaluated; left out: 1m.</summary>
    public RuleDuration? Interval { get; init; }

    public RuleDuration? Duration { get; init; }

    public RuleDuration? KeepFiring { get; init; }

    /// <summary>Names of channels; left out: the default ones.</summary>
    public List<string>? Channels { get; init; }

    /// <summary>In whole minutes; left out: 30m.</summary>
    public RuleDuration? Repeat { get; init; }

    public RuleDuration? Group { get; init; }

    public string? Summary { get; init; }

    /// <summary>In answers: the condition as a person reads it. Not read.</summary>
    public string? Condition { get; init; }

    /// <summary>In answers: the centre made it. Not read.</summary>
    public bool? Builtin { get; init; }

    /// <summary>In answers: rises with each change. Not read.</summary>
    public long? Revision { get; init; }

    public static RuleView Of(RuleDefinition rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        Description = rule.Description,
        Enabled = rule.Enabled,
        Severity = rule.Severity,
        Agents = rule.Agents,
        Metric = rule.Expression is null ? rule.Metric : null,
        Labels = rule.Expression is null ? LabelPairs.Of(rule.Labels) : null,
        Process = rule.Process is { } process ? new RuleProcess(process.Name, process.Aggregation) : null,
        Aggregation = rule.Aggregation,
        Window = rule.WindowSeconds > 0 ? new(rule.WindowSeconds) : null,
        Rate = rule.Rate,
        Operator = Compares(rule) ? rule.Operator : null,
        Threshold = Compares(rule) ? rule.Threshold : null,
        Absent = rule.Absent,
        Expression = rule.Expression,
        Interval = rule.Expression is null ? null : new(rule.IntervalSeconds),
        Duration = new(rule.DurationSeconds),
        KeepFiring = new(rule.KeepFiringSeconds),
        Channels = rule.Channels,
        Repeat = new(rule.RepeatMinutes * 60),
        Group = new(rule.GroupSeconds),
        Summary = rule.Summary,
        Condition = RuleText.Of(rule),
        Builtin = rule.Builtin,
        Revision = rule.Revision,
    };

    /// <summary>The rule, checked; <c>invalid_argument</c>.</summary>
    /// <param name="id">What it must be called; null: as it says itself.</param>
    public Outcome<RuleDefinition> ToDefinition(string? id = null)
    {
        if (string.IsNullOrWhiteSpace(Name))
            return TenantRules.Invalid("name is missing: say in a few words what is wrong when this fires.");
        if (id is not null && Id is not null && Id != id)
            return TenantRules.Invalid($"The address names the rule '{TenantRules.Short(id)}' and the body '{TenantRules.Short(Id)}'. An id can't be changed; leave it out.");
        if ((id ?? Id ?? RuleNames.IdOf(Name)) is not { } called)
            return TenantRules.Invalid($"No id can be made of this name. Give one: {RuleNames.Rule}.");
        if (Threshold is null && !Absent && Expression is null)
            return TenantRules.Invalid("threshold is missing: the value is compared with it by operator.");
        if (Repeat is { } repeat && repeat.Seconds % 60 != 0)
            return TenantRules.Invalid("repeat must be in whole minutes, such as 30m.");
        var rule = Make(called);
        return RuleFaults.Of(rule) is { } fault ? fault : rule;
    }

    private RuleDefinition Make(string id) => new()
    {
        Id = id,
        Name = Name!,
        Description = Description ?? "",
        Enabled = Enabled,
        Severity = Severity,
        Agents = Agents ?? ["*"],
        Metric = Metric ?? "",
        Labels = LabelPairs.Of(Labels),
        Process = Process is { } process ? new ProcessFilter(process.Name, process.Aggregation) : null,
        Aggregation = Aggregation,
        WindowSeconds = Window?.Seconds ?? 0,
        Rate = Rate,
        Operator = Operator ?? RuleOperator.Above,
        Threshold = Threshold ?? 0,
        Absent = Absent,
        Expression = Expression,
        IntervalSeconds = Interval?.Seconds ?? 60,
        DurationSeconds = Duration?.Seconds ?? 0,
        KeepFiringSeconds = KeepFiring?.Seconds ?? 0,
        Channels = Channels ?? [],
        RepeatMinutes = Repeat is { } repeat ? repeat.Seconds / 60 : RuleDefinition.DefaultRepeatMinutes,
        GroupSeconds = Group?.Seconds ?? 0,
        Summary = Summary,
    };

    private static bool Compares(RuleDefinition rule) => !rule.Absent && rule.Expression is null;
}
