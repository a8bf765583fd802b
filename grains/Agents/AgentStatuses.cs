namespace Outrider.Grains.Agents;

/// <summary>Judges an agent's status.</summary>
public static class AgentStatuses
{
    /// <summary>Silence after which it is degraded.</summary>
    public static readonly TimeSpan DegradedAfter = TimeSpan.FromSeconds(45);

    /// <summary>Silence after which it is offline.</summary>
    public static readonly TimeSpan OfflineAfter = TimeSpan.FromSeconds(90);

    public static AgentStatus Of(bool connected, DateTimeOffset? lastSeen, DateTimeOffset now) =>
        lastSeen is not { } seen || now - seen >= OfflineAfter ? AgentStatus.Offline
        : !connected || now - seen >= DegradedAfter ? AgentStatus.Degraded
        : AgentStatus.Online;

    /// <summary>How long until silence alone may change the status; null when it is offline and can't get worse.</summary>
    public static TimeSpan? NextChange(bool connected, DateTimeOffset? lastSeen, DateTimeOffset now) =>
        Of(connected, lastSeen, now) switch
        {
            AgentStatus.Online => lastSeen + DegradedAfter - now,
            AgentStatus.Degraded => lastSeen + OfflineAfter - now,
            _ => null,
        };
}
