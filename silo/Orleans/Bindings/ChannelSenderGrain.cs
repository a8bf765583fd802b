using Orleans.Placement;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="ChannelSender"/>
[GrainType("channel_sender")]
[RandomPlacement]
public sealed class ChannelSenderGrain(ActivationPorts ports, INotifier notifier, AlertMetrics meter)
    : ChannelSender(ports.Context, notifier, meter), IChannelSenderGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
