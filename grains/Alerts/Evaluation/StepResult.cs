namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>What a step comes to.</summary>
/// <param name="Clock">The timeline after it.</param>
/// <param name="Changed">Instances that are new or not as they were.</param>
/// <param name="Forgotten">Instances that need not be remembered any longer.</param>
/// <param name="Transitions">In order of time.</param>
/// <param name="Refused">Subjects that weren't taken up because their rule has as many as it may, by rule; null: none.</param>
public sealed record StepResult(
    Timeline Clock, IReadOnlyDictionary<InstanceKey, Instance> Changed, IReadOnlyList<InstanceKey> Forgotten,
    IReadOnlyList<Transition> Transitions, IReadOnlyDictionary<string, int>? Refused);
