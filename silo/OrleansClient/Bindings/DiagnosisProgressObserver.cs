using Outrider.Grains.Diagnosis;
using Outrider.Silo.OrleansClient.Observers;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that watches.</summary>
internal sealed class DiagnosisProgressObserver(LocalObjects<IDiagnosisProgress> watchers) : IDiagnosisProgressObserver
{
    public Task OnProgressAsync(string watcher, string step, int done, int total) => watchers.Find(watcher).OnProgressAsync(step, done, total);
}
