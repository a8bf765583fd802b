using Orleans.Concurrency;
using Outrider.Grains.Diagnosis;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>All <see cref="IDiagnosisProgress"/> of one process; the first parameter says which.</summary>
public interface IDiagnosisProgressObserver : Orleans.IGrainObserver
{
    [AlwaysInterleave]
    Task OnProgressAsync(string watcher, string step, int done, int total);
}
