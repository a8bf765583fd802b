namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>A rule's state for a subject has changed.</summary>
/// <param name="Key">Which rule and subject.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
/// <param name="At">The time of the sample that changed it.</param>
/// <param name="Value">What was compared; null: nothing was.</param>
public sealed record Transition(InstanceKey Key, InstanceState From, InstanceState To, long At, double? Value);
