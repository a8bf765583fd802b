using Orleans.Placement;
using Outrider.Grains.Secrets;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Secrets"/>
[GrainType("secrets")]
[RandomPlacement]
public sealed class SecretsGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<SecretsState> state, ISecretSealer sealer)
    : Secrets(ports.Context, ports.State(state), sealer), ISecretsGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
