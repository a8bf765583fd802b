using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Grains.Alerts;

/// <summary>From an agent's batch to the outbox.</summary>
public sealed class AlertGrainTests : IAsyncLifetime
{
    private AlertWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await AlertWorld.StartAsync();
        await _world.AddChannelAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Report_AboveAndBelow_FiresAndResolvesAndTellsBoth()
    {
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        Assert.Equal("a firing", await _world.AlertsAsync());
        await MeasureAsync("a", 95);
        await MeasureAsync("a", 10);
        Assert.Equal("a resolved", await _world.AlertsAsync());
        Assert.Equal("a fired, a resolved", await _world.ToldAsync());
        var alert = (await _world.Store.ListAsync("demo", new AlertQuery(), null, 10, default)).Single();
        Assert.Equal((90, 10, ResolveReason.Recovered), (alert.Value, alert.ResolvedValue, alert.Reason));
    }

    [Fact]
    public async Task Report_OfManyAgents_EachHasAnAlertOfItsOwn()
    {
        await _world.AddRuleAsync(rule => rule with { Agents = ["prod-*"] });
        await MeasureAsync("prod-1", 90);
        await MeasureAsync("prod-2", 90);
        await MeasureAsync("test-1", 90);
        await MeasureAsync("prod-1", 10);
        Assert.Equal("prod-1 resolved, prod-2 firing", await _world.AlertsAsync());
    }

    [Fact]
    public async Task SetRule_WhileAgentsReport_ReachesThem()
    {
        await MeasureAsync("a", 90);
        Assert.Equal("", await _world.AlertsAsync());
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        Assert.Equal("a firing", await _world.AlertsAsync());
        // A name more: the alert goes on.
        await _world.AddRuleAsync(rule => rule with { Name = "Too high" });
        Assert.Equal("a firing", await _world.AlertsAsync());
        // Something else: what it fired is over, and what it means now is looked at anew.
        await _world.AddRuleAsync(rule => rule with { Threshold = 85 });
        await MeasureAsync("a", 90);
        Assert.Equal("a resolved, a firing", await _world.AlertsAsync());
    }

    [Fact]
    public async Task DeleteRule_ThatFires_ResolvesWhatItFired()
    {
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        Assert.True((await _world.Settings.DeleteRuleAsync("high")).Ok);
        await UntilAlertsAsync("a resolved");
        Assert.Equal("a fired, a resolved", await _world.ToldAsync());
        Assert.Equal(ProblemCodes.RuleNotFound, (await _world.Settings.DeleteRuleAsync("high")).Problem?.Code);
    }

    [Fact]
    public async Task SetRule_NamesTheAgentNoMore_ResolvesWhatItFired()
    {
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        await _world.AddRuleAsync(rule => rule with { Agents = ["b"] });
        await UntilAlertsAsync("a resolved");
    }

    [Fact]
    public async Task Crash_WhileItFires_GoesOnAndResolvesOnce()
    {
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        await _world.Host.CrashAsync();
        await _world.Evaluation("a").WakeAsync(0);
        await MeasureAsync("a", 95);
        Assert.Equal("a firing", await _world.AlertsAsync());
        await MeasureAsync("a", 10);
        Assert.Equal("a resolved", await _world.AlertsAsync());
        Assert.Equal("a fired, a resolved", await _world.ToldAsync());
    }

    [Fact]
    public async Task Crash_WhileItIsPending_CountsTheTimeBeforeAndNotTheDowntime()
    {
        await _world.AddRuleAsync(rule => rule with { DurationSeconds = 60 });
        for (var i = 0; i < 4; i++)
            await MeasureAsync("a", 90);
        // Never saved since the first batch: what is in the store is evaluated again.
        await _world.Host.CrashAsync();
        await _world.Evaluation("a").WakeAsync(0);
        Assert.Equal(1, (await _world.Evaluation("a").GetAsync()).Pending);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await MeasureAsync("a", 90);
        await MeasureAsync("a", 90);
        Assert.Equal("", await _world.AlertsAsync());
        await MeasureAsync("a", 90);
        await MeasureAsync("a", 90);
        Assert.Equal("a firing", await _world.AlertsAsync());
    }

    [Fact]
    public async Task Report_WhileTheAlertStoreIsAway_IsToldWhenItIsBack()
    {
        await _world.AddRuleAsync();
        _world.Store.BeforeWrite = () => throw new AwayException();
        await MeasureAsync("a", 90);
        Assert.Equal("", await _world.AlertsAsync());
        _world.Store.BeforeWrite = null;
        await MeasureAsync("a", 90);
        Assert.Equal("a firing", await _world.AlertsAsync());
        Assert.Equal("a fired", await _world.ToldAsync());
    }

    [Fact]
    public async Task Silence_OfAFiringRule_HoldsBackUntilItEnds()
    {
        await _world.AddRuleAsync();
        var now = _world.Time.GetUtcNow();
        await _world.Settings.AddSilenceAsync(new Silence { Id = "", Rule = "hi*", From = now, To = now.AddMinutes(10) });
        await MeasureAsync("a", 90);
        Assert.Equal("a firing", await _world.AlertsAsync());
        Assert.Equal("", await _world.ToldAsync());
        await StayAsync(11);
        Assert.Equal("a fired", await _world.ToldAsync());
    }

    [Fact]
    public async Task Silence_WhoseAlertEndsBefore_TellsNothing()
    {
        await _world.AddRuleAsync();
        var now = _world.Time.GetUtcNow();
        await _world.Settings.AddSilenceAsync(new Silence { Id = "", Agent = "a", From = now, To = now.AddMinutes(10) });
        await MeasureAsync("a", 90);
        await MeasureAsync("a", 10);
        Assert.Equal("a resolved", await _world.AlertsAsync());
        Assert.Equal("", await _world.ToldAsync());
    }

    [Fact]
    public async Task Alert_ThatStays_IsToldAgainAfterHalfAnHourUnlessSomebodyTookItOn()
    {
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        await StayAsync(25);
        Assert.Equal("a fired", await _world.ToldAsync());
        await StayAsync(6);
        Assert.Equal("a fired, a repeated", await _world.ToldAsync());
        var alert = (await _world.Store.ListAsync("demo", new AlertQuery(AlertState.Firing), null, 10, default)).Single(one => one.Rule == "high");
        Assert.Equal("me", (await _world.Rule("high").AcknowledgeAsync(alert.Id, "me", "on it")).Value!.AcknowledgedBy);
        await StayAsync(65);
        Assert.Equal("a fired, a repeated", await _world.ToldAsync());
        await MeasureAsync("a", 10);
        Assert.Equal("a fired, a repeated, a resolved", await _world.ToldAsync());
        Assert.Equal(ProblemCodes.Conflict, (await _world.Rule("high").AcknowledgeAsync(alert.Id, "me", null)).Problem?.Code);
        Assert.Equal(ProblemCodes.AlertNotFound, (await _world.Rule("high").AcknowledgeAsync("x", "me", null)).Problem?.Code);
    }

    [Fact]
    public async Task Rule_ThatCollects_TellsLaterAndTogether()
    {
        await _world.AddRuleAsync(rule => rule with { GroupSeconds = 30 });
        await MeasureAsync("a", 90);
        await MeasureAsync("b", 90);
        var told = await _world.Store.ReadOutboxAsync("demo", "ops", 10, default);
        Assert.Equal(2, told.Count);
        Assert.Single(told.Select(one => one.At).Distinct());
        Assert.True(told[0].At > _world.Time.GetUtcNow());
    }

    [Fact]
    public async Task Agent_FallsSilent_OfflineFiresAndIsResolvedWhenItIsBack()
    {
        await MeasureAsync("a", 1);
        await _world.PassAsync(TimeSpan.FromSeconds(200));
        await UntilAlertsAsync("a firing", RuleTemplates.AgentOffline);
        await AlertWorld.UntilAsync(async () =>
        {
            await MeasureAsync("a", 1);
            return await _world.AlertsAsync(RuleTemplates.AgentOffline) == "a resolved";
        });
    }

    [Fact]
    public async Task Centre_DownForLong_TellsNobodyOfflineBeforeTheyCouldDial()
    {
        await MeasureAsync("a", 1);
        await _world.Host.Host.StopAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        await _world.Host.StartAsync();
        await _world.Evaluation("a").WakeAsync(0);
        await _world.PassAsync(TimeSpan.FromSeconds(80));
        Assert.Equal("", await _world.AlertsAsync(null));
        // It doesn't come back.
        await _world.PassAsync(TimeSpan.FromSeconds(60));
        await UntilAlertsAsync("a firing", RuleTemplates.AgentOffline);
    }

    [Fact]
    public async Task Agent_Revoked_ResolvesWhatItFired()
    {
        await _world.AddRuleAsync();
        await MeasureAsync("a", 90);
        await _world.Agent("a").RevokeAsync();
        await UntilAlertsAsync("a resolved");
        Assert.Equal(ResolveReason.AgentRemoved, (await _world.Store.ListAsync("demo", new AlertQuery(Rule: "high"), null, 10, default)).Single().Reason);
    }

    [Fact]
    public async Task Absence_OfAMetric_FiresAfterItsTimeWhileTheAgentIsThere()
    {
        await _world.AddRuleAsync(rule => rule with { Absent = true, Operator = default, Threshold = 0, Metric = "backup", DurationSeconds = 120 });
        await _world.ReportAsync("a", [(new Series("backup"), 1)], null);
        for (var i = 0; i < 10; i++)
            await MeasureAsync("a", 1);
        Assert.Equal("", await _world.AlertsAsync());
        for (var i = 0; i < 5; i++)
            await MeasureAsync("a", 1);
        await UntilAlertsAsync("a firing");
        await _world.ReportAsync("a", [(new Series("backup"), 1)], null);
        _world.Time.Advance(AlertEvaluation.LookEvery);
        await UntilAlertsAsync("a resolved");
    }

    [Theory]
    [InlineData("chrome", RuleAggregation.Max, "a firing")]
    [InlineData("chrome", RuleAggregation.Min, "")]
    [InlineData("none", RuleAggregation.Max, "")]
    [InlineData("*", RuleAggregation.Avg, "")]
    [InlineData("*", RuleAggregation.Sum, "a firing")]
    public async Task Processes_ThatMatch_AreOneSubject(string name, RuleAggregation aggregation, string expected)
    {
        await _world.AddRuleAsync(rule => rule with { Metric = ProcessMetrics.Cpu, Process = new ProcessFilter(name, aggregation) });
        var table = new ProcessTable(_world.Time.GetUtcNow().ToUnixTimeMilliseconds(), 3, 4, 1 << 30,
        [
            new ProcessRow(1, "chrome") { CpuPercent = 90 }, new ProcessRow(2, "chrome") { CpuPercent = 10 }, new ProcessRow(3, "java") { CpuPercent = 60 },
            new ProcessRow(4, "java"),
        ]);
        await _world.ReportAsync("a", [(new Series("load"), 1)], table);
        Assert.Equal(expected.Replace("a ", $"a {name}", StringComparison.Ordinal), await _world.AlertsAsync());
    }

    [Fact]
    public async Task Expression_WithAResult_FiresForEachAndResolvesWhenItIsThereNoMore()
    {
        await _world.AddRuleAsync(rule => rule with
        {
            Metric = "", Operator = default, Threshold = 0, Expression = "sum by (agent) (load) > 80", IntervalSeconds = 15, DurationSeconds = 30,
        });
        await UntilExpressionAsync("a firing", 90);
        Assert.Equal(90, (await _world.Store.ListAsync("demo", new AlertQuery(Rule: "high"), null, 10, default)).Single().Value);
        await _world.Host.CrashAsync();
        await _world.Host.Host.Grains.Get<IExpressionEvaluation>("demo/high").WakeAsync(0);
        await UntilExpressionAsync("a resolved", 10);
        Assert.Equal("a fired, a resolved", await _world.ToldAsync());
    }

    private Task UntilExpressionAsync(string expected, double load) => AlertWorld.UntilAsync(async () =>
    {
        // Expressions read the store. No rule reads the agents' own batches, so after a crash their evaluations have nothing to catch up with.
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        await _world.StoreAsync("a", [(new Series("load"), load)]);
        await _world.StoreAsync("b", [(new Series("load"), 10)]);
        await _world.Host.Host.Grains.Get<IExpressionEvaluation>("demo/high").GetAsync();
        return await _world.AlertsAsync() == expected;
    });

    /// <summary>Ten seconds on, agents report.</summary>
    private async Task MeasureAsync(string agent, double value)
    {
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        await _world.MeasureAsync(agent, value);
        _world.Time.Advance(TimeSpan.FromSeconds(5));
    }

    /// <summary>Minutes in which agent a stays high.</summary>
    private async Task StayAsync(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await _world.MeasureAsync("a", 90);
            // Reminders run as turns of their own; this one comes after them.
            await _world.Rule("high").WakeAsync();
        }
    }

    /// <summary>Second by second: what is looked at every so often isn't looked at while the clock stands, and a busy host leaves looks out.</summary>
    private Task UntilAlertsAsync(string expected, string rule = "high") => AlertWorld.UntilAsync(async () =>
    {
        if (await _world.AlertsAsync(rule) == expected)
            return true;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        // A turn after those that the clock has begun.
        await _world.Evaluation("a").GetAsync();
        return false;
    });

    private sealed class AwayException() : Outrider.Grains.Runtime.UnavailableException("away");
}
