using Outrider.Grains.Diagnosis;

namespace Outrider.Api.Operations;

/// <summary>Experts as clients see them.</summary>
public sealed record ExpertList(IReadOnlyList<ExpertView> Experts);
