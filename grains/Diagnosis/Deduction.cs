namespace Outrider.Grains.Diagnosis;

/// <summary>Points taken from 100 for findings of one code.</summary>
public sealed record Deduction(string Code, int Points, string Reason);
