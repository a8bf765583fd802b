using Outrider.Grains.Diagnosis;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IDiagnosis"/>
public interface IDiagnosisGrain : IDiagnosis, IGrainWithStringKey;
