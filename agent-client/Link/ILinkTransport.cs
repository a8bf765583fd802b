namespace Outrider.Agent.Link;

/// <summary>The way to the centre: makes one link after the other.</summary>
public interface ILinkTransport : IAsyncDisposable
{
    /// <summary>Whether its links move files.</summary>
    bool MovesFiles { get; }

    /// <summary>Makes a link as this agent and serves the centre over it, until it is lost, refused or the agent stops.</summary>
    Task<LinkEnd> RunAsync(LinkedAgent agent, CancellationToken stopping);
}
