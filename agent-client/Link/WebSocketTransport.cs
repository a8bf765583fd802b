using Outrider.Agent.Configuration;
using Outrider.Agent.Logging;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Link;

/// <summary>Links as WebSockets that the agent dials (docs/formats/agent-protocol.md): for every agent, wherever it stands.</summary>
internal sealed class WebSocketTransport(Uri url, AgentOptions options, TimeProvider time) : ILinkTransport
{
    private readonly Dialler _dialler = new(url, options, time);
    private readonly GarbageBudget _garbage = new();

    public bool MovesFiles => true;

    /// <summary>Problem: the centre's address isn't known.</summary>
    public static Outcome<ILinkTransport> Create(AgentOptions options, AgentLog log, TimeProvider time)
    {
        if (options.Url is not { } url)
        {
            return new Problem(ProblemCodes.InvalidArgument,
                $"Set OUTRIDER_URL (or 'url' in {AgentConfiguration.FileName}) to the centre's address, such as https://outrider.example.");
        }
        if (url.Scheme is "http" or "ws" && !url.IsLoopback)
            log.Warn($"{url} is not encrypted: the agent's credential can be read on the way. Use https.");
        return new WebSocketTransport(url, options, time);
    }

    public async Task<LinkEnd> RunAsync(LinkedAgent agent, CancellationToken stopping)
    {
        var dialled = await _dialler.DialAsync(stopping);
        if (!dialled.Ok)
            return new LinkEnd(Registered: false, dialled.Problem);
        using var link = new AgentLink(dialled.Value, agent, _garbage);
        return await link.RunAsync(stopping);
    }

    public ValueTask DisposeAsync()
    {
        _dialler.Dispose();
        return ValueTask.CompletedTask;
    }
}
