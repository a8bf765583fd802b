using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>A sample of a subject, for a rule that looks at it.</summary>
public readonly record struct Reading(EvaluatedRule Rule, Series Subject, Sample Sample);
