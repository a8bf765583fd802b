using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Fleet;

namespace Outrider.Tests.Pure.Fleet;

/// <summary>Agents for tests of what shows many.</summary>
internal static class Fleets
{
    public static FleetAgent Agent(string name) => new()
    {
        Name = name, Status = AgentStatus.Online, Connected = true, Labels = new Dictionary<string, string>(), Firing = 0,
    };

    public static FleetAgent With(this FleetAgent agent, params (string Name, string Value)[] labels) =>
        agent with { Labels = labels.ToDictionary(label => label.Name, label => label.Value) };

    /// <summary>Any fleet, of agents that have little to tell them apart.</summary>
    public static Gen<List<FleetAgent>> Some { get; } =
        from agents in Gen.ArrayOf(
            from status in Gen.Elements(Enum.GetValues<AgentStatus>())
            from severity in Gen.Elements(new AlertSeverity?[] { null, AlertSeverity.Info, AlertSeverity.Warning, AlertSeverity.Critical })
            from cpu in Gen.Elements(new double?[] { null, 0, 50, 100 })
            from disk in Gen.Elements(new double?[] { null, 20, 90 })
            from seen in Gen.Elements(new int?[] { null, 1, 2 })
            from role in Gen.Elements("", "db", "web")
            select Agent("").With(("role", role)) with
            {
                Status = status, Severity = severity, Firing = severity is null ? 0 : 1, CpuPercent = cpu, DiskPercent = disk,
                LastSeenAt = seen is { } day ? new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero) : null,
            })
        select agents.Select((agent, i) => agent with { Name = $"a{i:000}" }).ToList();
}
