using Outrider.Grains.Runtime;

namespace Outrider.Grains.Diagnosis;

/// <summary>Someone who watches a diagnosis run.</summary>
public interface IDiagnosisProgress : IGrainObserver
{
    /// <param name="step">What has just finished, for people.</param>
    /// <param name="done">Statements finished.</param>
    /// <param name="total">Statements planned so far; may grow with a phase.</param>
    Task OnProgressAsync(string step, int done, int total);
}
