namespace Outrider.Api.Posts;

/// <summary>Marks an endpoint that agents reach with their own credentials; API keys are of no use there.</summary>
public sealed class AgentRequired
{
    public static AgentRequired Instance { get; } = new();
}
