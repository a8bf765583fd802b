namespace Outrider.Grains.Agents;

/// <summary>How an agent is, judged by its link and when it was last heard.</summary>
public enum AgentStatus
{
    /// <summary>Never connected, or silent for 90 s.</summary>
    Offline,

    /// <summary>The link is lost, or silent for 45 s.</summary>
    Degraded,

    /// <summary>Linked and heard within 45 s.</summary>
    Online,
}
