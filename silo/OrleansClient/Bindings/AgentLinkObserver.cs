using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Silo.OrleansClient.Observers;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that holds the links.</summary>
internal sealed class AgentLinkObserver(LocalObjects<IAgentLink> links) : IAgentLinkObserver
{
    public async Task<AgentLinkResult> RunAsync(string link, TaskCreate task, CancellationToken cancellation)
    {
        var result = await links.Find(link).RunAsync(task, cancellation);
        return new AgentLinkResult(result.Completion, result.Payload);
    }

    public Task<Outcome<Done>> SendAsync(string link, TaskMessage message) => links.Find(link).SendAsync(message);

    public Task<bool> PingAsync(string link) => links.Find(link).PingAsync();

    public Task<DateTimeOffset?> LastHeardAsync(string link, string session) => links.Find(link).LastHeardAsync(session);

    public Task CloseAsync(string link, Problem reason) => links.Find(link).CloseAsync(reason);
}
