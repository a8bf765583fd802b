using Outrider.Agent.Collectors.Processes;
using Outrider.Agent.Metrics;
using Outrider.Agent.Policy;
using Outrider.Protocol.Link;

namespace Outrider.Tests.Pure.Agent;

public sealed class MetricsPlanTests
{
    private static readonly TimeSpan s_own = TimeSpan.FromSeconds(10);

    [Fact]
    public void Interval_CentreAsksForNothing_IsTheCollectorsOwn()
    {
        var plan = new MetricsPlan(new MetricsPolicy(), new LinkConfig(30, 10));
        Assert.Equal((s_own, TimeSpan.FromSeconds(10), null), (plan.Interval("host", s_own), plan.Report, plan.Revision));
        Assert.Equal(new ProcessSettings(20, Commands: true), plan.Processes);
    }

    [Theory]
    [InlineData("host", 5.0)]
    [InlineData("processes", null)]
    [InlineData("scrape:fe1", 30.0)]
    [InlineData("scrape:be1", 60.0)]
    [InlineData("agent", 10.0)]
    public void Interval_CentreAsks_IsAsItAsks(string collector, double? seconds) => Assert.Equal(
        seconds, new MetricsPlan(new MetricsPolicy(), Asked).Interval(collector, s_own)?.TotalSeconds);

    [Theory]
    [InlineData("host", 20.0)]
    [InlineData("scrape:fe1", null)]
    [InlineData("agent", null)]
    public void Interval_OwnerForbids_HisWordCounts(string collector, double? seconds)
    {
        var policy = new MetricsPolicy(Collectors: ["host", "processes"], MinIntervalSeconds: 20, ProcessTop: 5, ProcessCommands: false);
        var plan = new MetricsPlan(policy, Asked);
        Assert.Equal(seconds, plan.Interval(collector, s_own)?.TotalSeconds);
        Assert.Equal((TimeSpan.FromSeconds(20), new ProcessSettings(5, Commands: false)), (plan.Report, plan.Processes));
    }

    [Fact]
    public void Fault_WrongPolicies_SayWhatToChange()
    {
        Assert.Contains("known are host", new MetricsPolicy(Collectors: ["hosts"]).Fault());
        Assert.Contains("min_interval_seconds", new MetricsPolicy(MinIntervalSeconds: 0).Fault());
        Assert.Contains("process_top", new MetricsPolicy(ProcessTop: 51).Fault());
        Assert.Contains("spool_bytes", new MetricsPolicy(SpoolBytes: 2L << 30).Fault());
        Assert.Contains("spool_hours", new MetricsPolicy(SpoolHours: 25).Fault());
        Assert.Null(new MetricsPolicy(SpoolBytes: 1 << 20, SpoolHours: 1).Fault());
    }

    private static LinkConfig Asked => new(30, 5, new MetricsConfig(3,
        [new("host", IntervalSeconds: 5), new("processes", Enabled: false), new("scrape", IntervalSeconds: 60), new("scrape:fe1", IntervalSeconds: 30)], ProcessTop: 40));
}
