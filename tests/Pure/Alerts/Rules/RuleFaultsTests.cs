using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Alerts.Rules;

public sealed class RuleFaultsTests
{
    private static readonly RuleDefinition s_cpu =
        new() { Id = "cpu", Name = "CPU", Metric = "host_cpu_percent_normalized", Threshold = 80 };

    private static readonly RuleDefinition s_process = s_cpu with { Metric = ProcessMetrics.Cpu, Process = new ProcessFilter("java*") };

    private static readonly RuleDefinition s_absent = s_cpu with { Threshold = 0, Absent = true, DurationSeconds = 120 };

    private static readonly RuleDefinition s_status = s_cpu with { Metric = RuleDefinition.AgentStatusMetric, Threshold = 2 };

    private static readonly RuleDefinition s_expression = s_cpu with { Metric = "", Threshold = 0, Expression = "host_load1 > 4" };

    public static TheoryData<RuleDefinition> Sound => new()
    {
        s_cpu,
        s_cpu with { Aggregation = RuleAggregation.Avg, WindowSeconds = 3_600, Labels = ["mount=/var*", "device="] },
        s_cpu with { Metric = "net_bytes_total", Rate = true, WindowSeconds = 1 },
        s_process,
        s_process with { Process = new ProcessFilter("*", RuleAggregation.Sum), Aggregation = RuleAggregation.Max },
        s_process with { Aggregation = RuleAggregation.Min, WindowSeconds = 60 },
        s_cpu with { Metric = ProcessMetrics.SystemCpu, Aggregation = RuleAggregation.Avg, WindowSeconds = 60 },
        s_absent,
        s_absent with { DurationSeconds = 30 },
        s_status,
        s_expression,
        s_expression with { IntervalSeconds = 15, DurationSeconds = 86_400, KeepFiringSeconds = 86_400 },
        s_cpu with { RepeatMinutes = 10_080, GroupSeconds = 300, Agents = ["*", "prod-*", "db.1"], Channels = ["ops", "mail.de"] },
        s_cpu with { Summary = "{{agent}}: {{ value }} of {{threshold}} on {{labels.mount}} ({{labels}}), {{rule}} {{severity}} {{metric}} {{condition}}" },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Of_ARuleThatCanBe_IsNone(RuleDefinition rule) => Assert.Null(RuleFaults.Of(rule)?.Message);

    [Fact]
    public void Of_TheBuiltInRules_IsNone() => Assert.All(RuleTemplates.All, rule => Assert.Null(RuleFaults.Of(rule)?.Message));

    public static TheoryData<RuleDefinition, string> Faults => new()
    {
        { s_cpu with { Id = "" }, "rule's id" },
        { s_cpu with { Id = "a/b" }, "'a/b'" },
        { s_cpu with { Id = "-a" }, "beginning with" },
        { s_cpu with { Id = new string('a', 65) }, "1 to 64" },
        { s_cpu with { Name = " " }, "name must" },
        { s_cpu with { Name = "a\nb" }, "control character" },
        { s_cpu with { Description = new string('a', 2_001) }, "description" },
        { s_cpu with { Severity = (AlertSeverity)9 }, "severity" },
        { s_cpu with { Agents = [] }, "1 to 50" },
        { s_cpu with { Agents = [.. Enumerable.Range(0, 51).Select(i => $"a{i}")] }, "1 to 50" },
        { s_cpu with { Agents = ["prod-.*|x"] }, "prod-.*|x" },
        { s_cpu with { Agents = [null!] }, "agents" },
        { s_cpu with { Metric = "" }, "metric is missing" },
        { s_cpu with { Metric = "1cpu" }, "'1cpu'" },
        { s_cpu with { Labels = ["mount"] }, "name=pattern" },
        { s_cpu with { Labels = ["agent=prod"] }, "'agent=prod'" },
        { s_cpu with { Labels = ["a=1", "a=2"] }, "once" },
        { s_cpu with { Labels = [null!] }, "name=pattern" },
        { s_cpu with { Labels = ["a=" + new string('x', 1_025)] }, "1024" },
        { s_cpu with { Labels = [.. Enumerable.Range(0, 33).Select(i => $"a{i}=1")] }, "32" },
        { s_cpu with { Process = new ProcessFilter("java") }, "process goes with" },
        { s_cpu with { Metric = ProcessMetrics.SystemCpu, Process = new ProcessFilter("java") }, "process goes with" },
        { s_cpu with { Metric = ProcessMetrics.Cpu }, "add process" },
        { s_process with { Process = new ProcessFilter("") }, "process needs a name" },
        { s_process with { Process = new ProcessFilter("java", RuleAggregation.Last) }, "process.aggregation" },
        { s_process with { Process = new ProcessFilter("java", (RuleAggregation)7) }, "process.aggregation" },
        { s_process with { Labels = ["a=1"] }, "no labels" },
        { s_process with { Rate = true, WindowSeconds = 60 }, "no counter" },
        { s_cpu with { WindowSeconds = -1 }, "window must" },
        { s_cpu with { WindowSeconds = 3_601, Aggregation = RuleAggregation.Avg }, "1h" },
        { s_cpu with { WindowSeconds = 60 }, "window needs" },
        { s_cpu with { Aggregation = RuleAggregation.Avg }, "aggregation needs a window" },
        { s_cpu with { Aggregation = (RuleAggregation)9 }, "aggregation must" },
        { s_cpu with { Rate = true }, "rate needs a window" },
        { s_cpu with { Rate = true, WindowSeconds = 60, Aggregation = RuleAggregation.Avg }, "leave aggregation out" },
        { s_cpu with { Threshold = double.NaN }, "finite" },
        { s_cpu with { Threshold = double.PositiveInfinity }, "finite" },
        { s_cpu with { Operator = (RuleOperator)9 }, "operator" },
        { s_status with { Labels = ["a=1"] }, "no labels" },
        { s_status with { Aggregation = RuleAggregation.Avg, WindowSeconds = 60 }, "leave window" },
        { s_status with { Absent = true, Threshold = 0, DurationSeconds = 60 }, "absent goes with" },
        { s_absent with { DurationSeconds = 29 }, "30s" },
        { s_absent with { Threshold = 1 }, "compares nothing" },
        { s_absent with { Operator = RuleOperator.Below }, "compares nothing" },
        { s_absent with { KeepFiringSeconds = 1 }, "keep_firing" },
        { s_absent with { Metric = ProcessMetrics.SystemMemory }, "absent goes with" },
        { s_expression with { Metric = "host_load1" }, "leave metric" },
        { s_expression with { Threshold = 4 }, "leave metric" },
        { s_expression with { Absent = true }, "leave metric" },
        { s_expression with { Expression = "1 > bool 2" }, "instant vector" },
        { s_expression with { Expression = "host_load1[5m]" }, "instant vector" },
        { s_expression with { Expression = "topk(" }, "character" },
        { s_expression with { Expression = "label_replace(a, \"b\", \"c\", \"d\", \"e\")" }, "not supported" },
        { s_expression with { IntervalSeconds = 14 }, "interval" },
        { s_expression with { IntervalSeconds = 3_601 }, "interval" },
        { s_cpu with { DurationSeconds = -1 }, "duration" },
        { s_cpu with { DurationSeconds = 86_401 }, "1d" },
        { s_cpu with { KeepFiringSeconds = 86_401 }, "keep_firing" },
        { s_cpu with { RepeatMinutes = 0 }, "repeat" },
        { s_cpu with { RepeatMinutes = 10_081 }, "repeat" },
        { s_cpu with { GroupSeconds = 301 }, "group" },
        { s_cpu with { Channels = ["a b"] }, "'a b'" },
        { s_cpu with { Channels = ["a", "a"] }, "once" },
        { s_cpu with { Channels = [null!] }, "channel's name" },
        { s_cpu with { Channels = [.. Enumerable.Range(0, 21).Select(i => $"c{i}")] }, "20" },
        { s_cpu with { Summary = "{{host}} is hot" }, "{{host}}" },
        { s_cpu with { Summary = "{{agent" }, "{{agent" },
        { s_cpu with { Summary = new string('a', 1_001) }, "1001" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Of_WhatCantBe_SaysWhatToChange(RuleDefinition rule, string says)
    {
        var fault = RuleFaults.Of(rule);
        Assert.Equal(ProblemCodes.InvalidArgument, fault?.Code);
        Assert.Contains(says, fault!.Message, StringComparison.Ordinal);
    }
}
