using Outrider.Grains.Diagnosis;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that tells one.</summary>
internal sealed class DiagnosisProgressReference(IDiagnosisProgressObserver holder, string watcher) : IDiagnosisProgress
{
    public Task OnProgressAsync(string step, int done, int total) => holder.OnProgressAsync(watcher, step, done, total);
}
