using Orleans.Concurrency;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>All <see cref="IAgentLink"/> of one process; the first parameter says which.</summary>
public interface IAgentLinkObserver : Orleans.IGrainObserver
{
    [AlwaysInterleave]
    [CallDeadline(75)]
    Task<AgentLinkResult> RunAsync(string link, TaskCreate task, CancellationToken cancellation);

    [AlwaysInterleave]
    [CallDeadline(25)]
    Task<Outcome<Done>> SendAsync(string link, TaskMessage message);

    [AlwaysInterleave]
    [CallDeadline(5)]
    Task<bool> PingAsync(string link);

    [AlwaysInterleave]
    [CallDeadline(5)]
    Task<DateTimeOffset?> LastHeardAsync(string link, string session);

    [AlwaysInterleave]
    [CallDeadline(5)]
    Task CloseAsync(string link, Problem reason);
}
