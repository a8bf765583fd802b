namespace Outrider.Protocol.Link;

/// <summary>The centre's answer to <c>agent_register</c>: what was agreed.</summary>
public sealed record Registered
{
    /// <summary>The protocol version of this link, one of those offered.</summary>
    public required int Version { get; init; }

    /// <summary>Names the link in logs.</summary>
    public required string Session { get; init; }

    /// <summary>Whether this link enrolled the agent.</summary>
    public required bool Enrolled { get; init; }

    /// <summary>Those of the offered capabilities that the centre knows how to use.</summary>
    public required List<string> Capabilities { get; init; }

    /// <summary>When to send a heartbeat and how often to report.</summary>
    public required LinkConfig Config { get; init; }
}
