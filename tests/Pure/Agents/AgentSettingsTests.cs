using Outrider.Grains.Agents;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Agents;

public sealed class AgentSettingsTests
{
    [Fact]
    public void Merge_NothingAsked_LeavesMeasuringToTheAgent()
    {
        var config = AgentSettings.Merge(AgentSettings.None, AgentSettings.None);
        Assert.Equal((30, 10, null), (config.HeartbeatSeconds, config.ReportSeconds, config.Metrics));
    }

    [Fact]
    public void Merge_BothAsk_TheAgentsOwnGoFirst()
    {
        var tenant = new AgentSettings
        {
            Revision = 3, HeartbeatSeconds = 20, ReportSeconds = 60, ProcessTop = 5, Collectors = [new("host", IntervalSeconds: 60), new("containers", false)],
        };
        var agent = new AgentSettings { Revision = 2, ReportSeconds = 5, Collectors = [new("host", IntervalSeconds: 1)] };

        var config = AgentSettings.Merge(tenant, agent);

        Assert.Equal((20, 5), (config.HeartbeatSeconds, config.ReportSeconds));
        Assert.Equal((5L, 5), (config.Metrics!.Revision, config.Metrics.ProcessTop));
        Assert.Equal([new CollectorConfig("host", IntervalSeconds: 1), new("containers", false)], config.Metrics.Collectors);
    }

    [Fact]
    public void Merge_OverrideTakenBack_HasARevisionThatNeverWas()
    {
        var tenant = new AgentSettings { Revision = 1 };
        var revisions = new[] { new AgentSettings(), new AgentSettings { Revision = 1, ReportSeconds = 5 }, new AgentSettings { Revision = 2 } }
            .Select(agent => AgentSettings.Merge(tenant, agent).Metrics!.Revision);
        Assert.Equal([1L, 2, 3], revisions);
    }

    public static TheoryData<AgentSettings, string> Faults => new()
    {
        { new AgentSettings { HeartbeatSeconds = 0 }, "heartbeat_seconds" },
        { new AgentSettings { ReportSeconds = 301 }, "report_seconds" },
        { new AgentSettings { ProcessTop = 51 }, "process_top" },
        { new AgentSettings { Collectors = [new("host", IntervalSeconds: 301)] }, "interval_seconds" },
        { new AgentSettings { Collectors = [new("host"), new("host", false)] }, "once" },
        { new AgentSettings { Collectors = [new("")] }, "name" },
        { new AgentSettings { Collectors = [null!] }, "name" },
        { new AgentSettings { Collectors = [.. Enumerable.Range(0, 65).Select(i => new CollectorConfig($"scrape:{i}"))] }, "64" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_OfWhatCantBe_SaysWhatToChange(AgentSettings settings, string says)
    {
        var fault = settings.Fault();
        Assert.Equal(ProblemCodes.InvalidArgument, fault?.Code);
        Assert.Contains(says, fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_OfTheLimitsThemselves_IsNone() => Assert.Null(new AgentSettings
    {
        HeartbeatSeconds = 1, ReportSeconds = 300, ProcessTop = 50, Collectors = [.. Enumerable.Range(0, 64).Select(i => new CollectorConfig($"scrape:{i}"))],
    }.Fault());
}
