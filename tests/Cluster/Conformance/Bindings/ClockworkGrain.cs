using Orleans.Placement;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

[GrainType("clockwork")]
[RandomPlacement]
public sealed class ClockworkGrain(ActivationPorts ports) : Clockwork(ports.Context), IClockworkGrain, IBoundGrain, IRemindable
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => OnReminderAsync(reminderName, CancellationToken.None);
}
