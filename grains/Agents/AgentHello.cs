using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>What an agent says of itself when it dials in, checked for form by the gateway.</summary>
public sealed record AgentHello
{
    /// <summary>Its name, unique within the tenant.</summary>
    public required string Agent { get; init; }

    /// <summary>Hash of the credential that the agent made for itself.</summary>
    public required string CredentialHash { get; init; }

    /// <summary>The enrolment token's id and hash of its secret; null once enrolled.</summary>
    public string? TokenId { get; init; }

    public string? TokenHash { get; init; }

    /// <summary>Changes each time the agent's process starts: tells a reconnect from a second agent.</summary>
    public required string Boot { get; init; }

    public required AgentFacts Facts { get; init; }
}
