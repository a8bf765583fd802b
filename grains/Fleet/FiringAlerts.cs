using Outrider.Grains.Alerts;

namespace Outrider.Grains.Fleet;

/// <summary>Counts the alerts that fire and are not silenced, of each agent and altogether.</summary>
public sealed class FiringAlerts
{
    private readonly Dictionary<string, (int Count, AlertSeverity Worst)> _byAgent = new(StringComparer.Ordinal);
    private readonly int[] _bySeverity = new int[Enum.GetValues<AlertSeverity>().Length];

    /// <summary>All of them.</summary>
    public int Count => _bySeverity.Sum();

    public void Add(Alert alert)
    {
        if (alert.State is not AlertState.Firing || alert.SilencedBy is not null)
            return;
        _bySeverity[(int)alert.Severity]++;
        var (count, worst) = _byAgent.GetValueOrDefault(alert.Agent);
        _byAgent[alert.Agent] = (count + 1, worst > alert.Severity ? worst : alert.Severity);
    }

    /// <summary>Those of a severity.</summary>
    public int Of(AlertSeverity severity) => _bySeverity[(int)severity];

    /// <summary>Those of an agent, and the worst of them; null: none.</summary>
    public (int Count, AlertSeverity? Worst) Of(string agent) => _byAgent.TryGetValue(agent, out var its) ? its : (0, null);
}
