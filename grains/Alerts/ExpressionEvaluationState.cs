using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;

namespace Outrider.Grains.Alerts;

/// <summary>What is kept of an expression's evaluation.</summary>
public sealed record ExpressionEvaluationState
{
    public SavedStream Stream { get; init; } = SavedStream.Empty;

    /// <summary>The rule as it was evaluated; null: never.</summary>
    public RuleDefinition? Rule { get; init; }

    /// <summary>Found, and not yet taken by the rule.</summary>
    public List<AlertEvent> Outgoing { get; init; } = [];
}
