namespace Outrider.Grains.Alerts;

/// <summary>How the evaluation of an agent's rules is doing.</summary>
/// <param name="Rules">Rules that match the agent.</param>
/// <param name="Instances">Rules times subjects that are remembered.</param>
/// <param name="Pending">Of those: the condition is true, not yet for long enough.</param>
/// <param name="Firing">Of those: an alert fires.</param>
/// <param name="WindowSamples">Samples kept for windows, of all instances together; each takes 16 bytes.</param>
/// <param name="Refused">Subjects that weren't taken up since the centre started, because a rule had too many.</param>
/// <param name="EvaluatedTo">The time of the newest sample evaluated; null: none yet.</param>
/// <param name="Pace">How the rules are doing one by one.</param>
public sealed record EvaluationView(
    int Rules, int Instances, int Pending, int Firing, long WindowSamples, long Refused, DateTimeOffset? EvaluatedTo, IReadOnlyList<RulePace> Pace);
