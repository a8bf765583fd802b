using Outrider.Protocol.Link;

namespace Outrider.Api.Live;

/// <summary>What the live feed allows (docs/formats/live-feed.md).</summary>
public sealed class LiveOptions
{
    /// <summary>As MCP's.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Viewers of this process at most.</summary>
    public int MaxViewers { get; set; } = 1_000;

    /// <summary>Viewers of one tenant at most.</summary>
    public int MaxViewersPerTenant { get; set; } = 50;

    /// <summary>Sockets at most that have not said yet who they are.</summary>
    public int MaxUnproven { get; set; } = 100;

    /// <summary>Subscriptions of one viewer at most.</summary>
    public int MaxSubscriptions { get; set; } = 16;

    /// <summary>Agents of one subscription at most.</summary>
    public int MaxAgents { get; set; } = 1_000;

    /// <summary>Series of one subscription at most.</summary>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Alerts that wait for one subscription at most; the oldest news gives way.</summary>
    public int MaxAlerts { get; set; } = 1_000;

    /// <summary>Tasks of one subscription at most.</summary>
    public int MaxTasks { get; set; } = 16;

    /// <summary>Names and patterns of one kind in a subscription at most.</summary>
    public int MaxPatterns { get; set; } = 64;

    /// <summary>Updates of a subscription are at least so far apart.</summary>
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often new agents, and those that are gone, are looked for.</summary>
    public TimeSpan AgentsInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a viewer's credential is proven again.</summary>
    public TimeSpan ProofInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a socket may take to say who it is.</summary>
    public TimeSpan ProofTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A viewer that was sent nothing for this long gets a heartbeat.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A viewer that took nothing for this long is given up.</summary>
    public TimeSpan Stall { get; set; } = LinkProtocol.Stall;

    /// <summary>How long a socket that is being closed may still take, for the viewer to read why.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
