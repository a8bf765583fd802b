namespace Outrider.Grains.Fleet;

/// <summary>By what agents are put in order. What an agent lacks puts it last, whichever way round.</summary>
public enum FleetSort
{
    /// <summary>By the severity of what fires, then status (offline first), then the highest of CPU, memory and disk.</summary>
    Worst,

    /// <summary>By name.</summary>
    Name,

    /// <summary>Offline, degraded, online.</summary>
    Status,

    /// <summary>By CPU in use.</summary>
    Cpu,

    /// <summary>By memory in use.</summary>
    Memory,

    /// <summary>By the fullest file system.</summary>
    Disk,

    /// <summary>By how many alerts fire.</summary>
    Alerts,

    /// <summary>By when they were last heard.</summary>
    LastSeen,
}
