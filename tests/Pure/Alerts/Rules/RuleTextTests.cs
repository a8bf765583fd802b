using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;

namespace Outrider.Tests.Pure.Alerts.Rules;

public sealed class RuleTextTests
{
    private static readonly RuleDefinition s_disk = new()
    {
        Id = "disk", Name = "Disk", Metric = "host_disk_percent", Labels = ["mount=/var*"], Threshold = 80.5, DurationSeconds = 300,
    };

    public static TheoryData<RuleDefinition, string> Conditions => new()
    {
        { s_disk, "host_disk_percent{mount=\"/var*\"} > 80.5 for 5m" },
        {
            s_disk with { Labels = [], Aggregation = RuleAggregation.Avg, WindowSeconds = 90, DurationSeconds = 0 },
            "avg(host_disk_percent) over 1m30s > 80.5"
        },
        {
            s_disk with { Metric = "net_total", Rate = true, WindowSeconds = 60, Operator = RuleOperator.AtMost, Labels = ["a=b=c", "d="] },
            "rate(net_total{a=\"b=c\",d=\"\"}) over 1m <= 80.5 for 5m"
        },
        {
            s_disk with { Metric = "cpu_percent", Labels = [], Process = new ProcessFilter("java*", RuleAggregation.Max) },
            "max(cpu_percent of processes \"java*\") > 80.5 for 5m"
        },
        {
            s_disk with
            {
                Metric = "memory_mb", Labels = [], Process = new ProcessFilter("*"), Aggregation = RuleAggregation.Min, WindowSeconds = 60,
                DurationSeconds = 3_660,
            },
            "min(avg(memory_mb of processes \"*\")) over 1m > 80.5 for 1h1m"
        },
        { s_disk with { Absent = true }, "no host_disk_percent{mount=\"/var*\"} for 5m" },
        { s_disk with { Expression = "host_load1 > 4" }, "host_load1 > 4 for 5m" },
        { RuleTemplates.Find("host-cpu-warning")!, "avg(host_cpu_percent_normalized) over 1m > 80 for 5m" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Of_ARule_ReadsAsAPersonWouldSayIt(RuleDefinition rule, string text) => Assert.Equal(text, RuleText.Of(rule));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("300", 300)]
    [InlineData("5m", 300)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5_400)]
    [InlineData("1000ms", 1)]
    [InlineData("1d", 86_400)]
    public void TryParse_ALengthOfTime_IsInSeconds(string text, int seconds)
    {
        Assert.True(RuleDurations.TryParse(text, out var parsed));
        Assert.Equal(seconds, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("5 m")]
    [InlineData("1.5m")]
    [InlineData("1500ms")]
    [InlineData("30m1h")]
    [InlineData("five")]
    [InlineData("99999999999")]
    [InlineData("1000y")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(RuleDurations.TryParse(text, out _));

    [Fact]
    public void Text_OfAnyLength_IsReadAgain() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNegativeInt>(),
        seconds => RuleDurations.TryParse(RuleDurations.Text(seconds.Get), out var parsed) && parsed == seconds.Get).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("CPU of host (high)", "cpu-of-host-high")]
    [InlineData("HighLoad", "highload")]
    [InlineData("  Disk / var 90 % ", "disk-var-90")]
    [InlineData("db.1_x", "db.1_x")]
    [InlineData("磁盘 full", "full")]
    [InlineData("磁盘", null)]
    public void IdOf_AName_HoldsWhatAnIdMay(string name, string? id)
    {
        Assert.Equal(id, RuleNames.IdOf(name));
        Assert.True(id is null || RuleNames.IsId(id));
    }

    [Fact]
    public void Fill_ASummary_PutsTheAlertsValuesIn()
    {
        var alert = new Alert
        {
            Id = "1", Rule = "disk", RuleName = "Disk", Severity = AlertSeverity.Critical, Agent = "db-1", Metric = "host_disk_percent",
            Labels = [new("device", "sda"), new("mount", "/var")], Condition = "c", Value = 91.23456, Threshold = 80,
            StartedAt = default, FiredAt = default,
        };
        Assert.Equal(
            "critical: /var of db-1 91.2346 > 80 (device=sda, mount=/var) {x} ",
            SummaryTemplate.Fill("{{severity}}: {{ labels.mount }} of {{agent}} {{value}} > {{threshold}} ({{labels}}) {x} {{labels.none}}", alert));
    }

    [Fact]
    public void Templates_All_AreBuiltInByOwnIdsAndOnlyThoseOfAgentsAreEnabled()
    {
        Assert.All(RuleTemplates.All, rule => Assert.True(rule.Builtin && rule.Description.Length > 0));
        Assert.Equal(RuleTemplates.All.Count, RuleTemplates.All.DistinctBy(rule => rule.Id).Count());
        Assert.Equal(["agent-degraded", "agent-offline"], RuleTemplates.All.Where(rule => rule.Enabled).Select(rule => rule.Id));
    }
}
