using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;

namespace Outrider.Grains.Fleet;

/// <summary>All agents of a tenant at one time.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Totals">What they come to.</param>
/// <param name="Agents">Each of them.</param>
public sealed record FleetSnapshot(DateTimeOffset At, FleetTotals Totals, IReadOnlyList<FleetAgent> Agents)
{
    private static readonly Dictionary<string, string> s_noLabels = [];

    /// <summary>Puts together what is known of agents, of what they measured and of their alerts.</summary>
    public static FleetSnapshot Of(
        DateTimeOffset at, IEnumerable<AgentSummary> agents, IReadOnlyDictionary<string, FleetValues> values, FiringAlerts alerts)
    {
        var rows = agents.Select(agent => Row(agent, values.GetValueOrDefault(agent.Name) ?? FleetValues.None, alerts)).ToList();
        var totals = new FleetTotals
        {
            Agents = rows.Count,
            Online = rows.Count(row => row.Status is AgentStatus.Online),
            Degraded = rows.Count(row => row.Status is AgentStatus.Degraded),
            Offline = rows.Count(row => row.Status is AgentStatus.Offline),
            Firing = alerts.Count,
            Critical = alerts.Of(AlertSeverity.Critical),
            Warning = alerts.Of(AlertSeverity.Warning),
            Processes = rows.Exists(row => row.Processes is not null) ? rows.Sum(row => row.Processes) : null,
        };
        return new FleetSnapshot(at, totals, rows);
    }

    private static FleetAgent Row(AgentSummary agent, FleetValues values, FiringAlerts alerts)
    {
        var (firing, worst) = alerts.Of(agent.Name);
        return new FleetAgent
        {
            Name = agent.Name,
            Status = agent.Status,
            Connected = agent.Connected,
            LastSeenAt = agent.LastSeenAt,
            Labels = agent.Facts?.Labels ?? s_noLabels,
            Host = agent.Facts?.Hostname,
            Os = agent.Facts?.Os,
            Version = agent.Facts?.Version,
            CpuPercent = values.CpuPercent,
            MemoryPercent = values.MemoryPercent,
            DiskPercent = values.DiskPercent,
            Load1 = values.Load1,
            Processes = values.Processes,
            Firing = firing,
            Severity = worst,
        };
    }
}
