using Orleans.Placement;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Channel"/>
[GrainType("channel")]
[RandomPlacement]
public sealed class ChannelGrain(ActivationPorts ports, IAlertStore alerts)
    : Channel(ports.Context, alerts), IChannelGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
