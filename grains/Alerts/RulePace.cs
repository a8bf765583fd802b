namespace Outrider.Grains.Alerts;

/// <summary>How one rule is doing for one agent.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Instances">Its subjects here.</param>
/// <param name="WindowSamples">Samples kept for their windows.</param>
/// <param name="Refused">Subjects not taken up.</param>
public sealed record RulePace(string Rule, int Instances, long WindowSamples, long Refused);
