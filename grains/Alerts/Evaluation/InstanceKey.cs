using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>One rule and one subject of an agent.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Subject">What is looked at: metric and labels.</param>
public readonly record struct InstanceKey(string Rule, Series Subject);
