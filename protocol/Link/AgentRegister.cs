namespace Outrider.Protocol.Link;

/// <summary>Agent to centre, the first frame of every link: who dials in.</summary>
public sealed record AgentRegister : ILinkMessage
{
    /// <summary>The protocol versions it speaks.</summary>
    public required List<int> Versions { get; init; }

    /// <summary>Its name, unique within the tenant.</summary>
    public required string Agent { get; init; }

    /// <summary>The credential it made for itself, whole; the tenant stands in it.</summary>
    public required string Credential { get; init; }

    /// <summary>The enrolment token, whole; only until it is enrolled.</summary>
    public string? Token { get; init; }

    /// <summary>Changes each time the agent's process starts.</summary>
    public required string Boot { get; init; }

    public required AgentFacts Facts { get; init; }

    /// <summary>Hides the secrets.</summary>
    public override string ToString() => $"{nameof(AgentRegister)} {Agent}";
}
