using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Fleet;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Alerts;

namespace Outrider.Tests.Pure.Fleet;

public sealed class FleetSnapshotTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_WhatIsKnown_IsInTheRowsAndTheRestIsNull()
    {
        var facts = new AgentFacts { Version = "1.2", Capabilities = [], Hostname = "h", Os = "Debian", Labels = new() { ["role"] = "db" } };
        var values = FleetValues.ByAgent(
        [
            Sample("a", FleetValues.Cpu, 12.5), Sample("a", FleetValues.Disk, 20, "/"), Sample("a", FleetValues.Disk, 91, "/var"),
            Sample("a", FleetValues.Disk, 40, "/srv"), Sample("a", FleetValues.Memory, double.NaN), Sample("a", FleetValues.ProcessCount, 300),
            Sample("b", FleetValues.Load, 2),
        ]);
        var fleet = FleetSnapshot.Of(
            s_at,
            [
                new AgentSummary("a", AgentStatus.Online, true, s_at, facts), new AgentSummary("b", AgentStatus.Degraded, false, s_at, null),
                new AgentSummary("c", AgentStatus.Offline, false, null, null),
            ],
            values, new FiringAlerts());

        var a = fleet.Agents[0];
        Assert.Equal(("h", "Debian", "1.2", "db"), (a.Host, a.Os, a.Version, a.Labels["role"]));
        Assert.Equal((12.5, null, 91.0, null, 300.0), (a.CpuPercent, a.MemoryPercent, a.DiskPercent, a.Load1, a.Processes));
        Assert.Equal((2.0, null), (fleet.Agents[1].Load1, fleet.Agents[1].CpuPercent));
        Assert.Equal((null, null, null, 0), (fleet.Agents[2].Version, fleet.Agents[2].LastSeenAt, fleet.Agents[2].Highest, fleet.Agents[2].Labels.Count));
        Assert.Equal((3, 1, 1, 1, 300.0), (fleet.Totals.Agents, fleet.Totals.Online, fleet.Totals.Degraded, fleet.Totals.Offline, fleet.Totals.Processes));
    }

    [Fact]
    public void Of_NoProcessesKnown_TotalsAreUnknownAndNotZero() =>
        Assert.Null(FleetSnapshot.Of(s_at, [new AgentSummary("a", AgentStatus.Online, true, s_at, null)], new Dictionary<string, FleetValues>(), new FiringAlerts()).Totals.Processes);

    [Fact]
    public void Of_Alerts_CountsWhatFiresAndIsNotSilenced()
    {
        var alerts = new FiringAlerts();
        foreach (var (agent, severity) in new[] { ("a", AlertSeverity.Warning), ("a", AlertSeverity.Critical), ("a", AlertSeverity.Info), ("", AlertSeverity.Critical) })
            alerts.Add(SomeAlert.Of(Guid.NewGuid().ToString("N"), agent, s_at) with { Severity = severity });
        alerts.Add(SomeAlert.Of("s", "b", s_at) with { SilencedBy = "s1" });
        alerts.Add(SomeAlert.Of("r", "b", s_at) with { State = AlertState.Resolved });

        var fleet = FleetSnapshot.Of(
            s_at, [new AgentSummary("a", AgentStatus.Online, true, s_at, null), new AgentSummary("b", AgentStatus.Online, true, s_at, null)],
            new Dictionary<string, FleetValues>(), alerts);

        Assert.Equal((3, AlertSeverity.Critical), (fleet.Agents[0].Firing, fleet.Agents[0].Severity));
        Assert.Equal((0, null), (fleet.Agents[1].Firing, fleet.Agents[1].Severity));
        Assert.Equal((4, 2, 1), (fleet.Totals.Firing, fleet.Totals.Critical, fleet.Totals.Warning));
    }

    [Fact]
    public void Labels_OfManyValues_ListsTheCommonestInOrder()
    {
        var agents = Enumerable.Range(0, 300).Select(i => Fleets.Agent($"a{i}").With(("role", i % 2 == 0 ? "web" : "db"), ("serial", $"{i:000}")))
            .Append(Fleets.Agent("z").With(("serial", "299")));
        var labels = FleetLabels.Of(agents);

        Assert.Equal(["role", "serial"], labels.Items.Select(label => label.Name));
        Assert.Equal([new FleetLabelValue("db", 150), new("web", 150)], labels.Items[0].Values);
        Assert.Equal(FleetLabels.MaxValues, labels.Items[1].Values.Count);
        Assert.Equal(new FleetLabelValue("299", 2), labels.Items[1].Values[^1]);
    }

    private static RecentSample Sample(string agent, string metric, double value, string? mount = null) =>
        new(agent, mount is null ? new Series(metric) : new Series(metric, new Label("mount", mount)), new Sample(1, value));
}
