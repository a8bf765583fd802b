using Outrider.Grains.Runtime;

namespace Outrider.Grains.Diagnosis;

/// <summary>What is asked of an expert.</summary>
public sealed record DiagnosisRequest
{
    /// <summary>By the names of <see cref="ExpertArgument"/>; values as text.</summary>
    public Dictionary<string, string> Arguments { get; init; } = [];

    /// <summary>True: don't answer from the cache.</summary>
    public bool Fresh { get; init; }

    /// <summary>Who asked: a credential's id.</summary>
    public required string Actor { get; init; }

    /// <summary>Told of the progress, best effort; null: nobody.</summary>
    public ObserverRef<IDiagnosisProgress>? Progress { get; init; }
}
