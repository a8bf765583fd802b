using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that calls one.</summary>
internal sealed class AgentLinkReference(IAgentLinkObserver holder, string link) : IAgentLink
{
    public async Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        var result = await holder.RunAsync(link, task, cancellation);
        return new TaskResult(result.Completion, result.Payload);
    }

    public Task<Outcome<Done>> SendAsync(TaskMessage message) => holder.SendAsync(link, message);

    public Task<bool> PingAsync() => holder.PingAsync(link);

    public Task<DateTimeOffset?> LastHeardAsync(string session) => holder.LastHeardAsync(link, session);

    public Task CloseAsync(Problem reason) => holder.CloseAsync(link, reason);
}
