using Outrider.Protocol.Link;

namespace Outrider.Api.Posts;

/// <summary>The answer to a registration.</summary>
/// <param name="Agent">Its name.</param>
/// <param name="Enrolled">Whether this enrolled it.</param>
/// <param name="Credential">The one that the centre made, shown this once; null: the agent has its own.</param>
/// <param name="Config">What it shall keep to.</param>
public sealed record RegisteredAgent(string Agent, bool Enrolled, string? Credential, LinkConfig Config)
{
    /// <summary>Hides the secret.</summary>
    public override string ToString() => $"{nameof(RegisteredAgent)} {Agent}";
}
