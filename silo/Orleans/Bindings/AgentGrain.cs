using Orleans.Placement;
using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Observers;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Agent"/>
/// <remarks>Lives on the silo that holds the agent's link, and moves after it.</remarks>
[GrainType("agent")]
[PreferLocalPlacement]
public sealed class AgentGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<AgentState> state, IMetricStore metrics)
    : Agent(ports.Context, ports.State(state), metrics), IAgentGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;

    async Task<Outcome<AgentSession>> IAgent.ConnectAsync(AgentHello hello, ObserverRef<IAgentLink> link)
    {
        var session = await ConnectAsync(hello, link);
        if (session.Ok && OrleansObservers.SiloOf(link) is { } silo)
            ((IBoundGrain)this).Ports.MoveTo(silo);
        return session;
    }
}
