using System.Text.Json.Serialization;

namespace Outrider.Grains.Fleet;

/// <summary>What all agents of a tenant come to, whatever a page shows of them.</summary>
public sealed record FleetTotals
{
    /// <summary>All agents.</summary>
    public required int Agents { get; init; }

    /// <summary>Those that are online.</summary>
    public required int Online { get; init; }

    /// <summary>Those that are degraded.</summary>
    public required int Degraded { get; init; }

    /// <summary>Those that are offline.</summary>
    public required int Offline { get; init; }

    /// <summary>Alerts that fire and are not silenced, also of rules over several agents.</summary>
    public required int Firing { get; init; }

    /// <summary>Those of them that are critical.</summary>
    public required int Critical { get; init; }

    /// <summary>Those of them that are warnings.</summary>
    public required int Warning { get; init; }

    /// <summary>Processes on all machines of which the number is known. Absent: of none it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Processes { get; init; }
}
