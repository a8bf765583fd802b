using Orleans.Placement;
using Outrider.Grains.Diagnosis;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Diagnosis"/>
[GrainType("diagnosis")]
[RandomPlacement]
public sealed class DiagnosisGrain(ActivationPorts ports, IReportStore reports) : Diagnosis(ports.Context, reports), IDiagnosisGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
