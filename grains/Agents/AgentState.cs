using Outrider.Grains.Runtime;
using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>What is kept of an agent.</summary>
public sealed record AgentState
{
    /// <summary>How many revoked credentials are remembered, so that their holder is told what happened.</summary>
    public const int MaxRevoked = 8;

    /// <summary>Hash of the credential it enrolled with; null before that and after revocation.</summary>
    public string? CredentialHash { get; init; }

    /// <summary>Hashes of credentials that were taken away, newest last.</summary>
    public List<string> RevokedHashes { get; init; } = [];

    public DateTimeOffset EnrolledAt { get; init; }

    /// <summary>The link that was accepted last; null once it ended.</summary>
    public string? Session { get; init; }

    /// <summary>Where that link is: an activation that comes after this one finds it again.</summary>
    public ObserverRef<IAgentLink>? Link { get; init; }

    /// <summary>The boot that this link came from.</summary>
    public string? Boot { get; init; }

    /// <summary>It holds no link, but posts (docs/formats/agent-posts.md).</summary>
    public bool Posts { get; init; }

    /// <summary>What is asked of this agent, before what its tenant asks of all.</summary>
    public AgentSettings Settings { get; init; } = AgentSettings.None;

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When it was last heard, up to a minute behind.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    public AgentFacts? Facts { get; init; }

    public List<DatabaseState> Databases { get; init; } = [];

    /// <summary>The status published last.</summary>
    public AgentStatus Status { get; init; }

    /// <summary>How many status changes were published: the number of the last one.</summary>
    public long StatusChanges { get; init; }
}
