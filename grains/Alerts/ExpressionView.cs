using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts;

/// <summary>How the evaluation of an expression is doing.</summary>
/// <param name="EvaluatedAt">When it was evaluated last; null: not yet.</param>
/// <param name="TookSeconds">How long that took.</param>
/// <param name="Results">How many results it had.</param>
/// <param name="Pending">Results that are not there for long enough yet.</param>
/// <param name="Firing">Results of which an alert fires.</param>
/// <param name="Problem">Why it could not be evaluated; null: it could.</param>
public sealed record ExpressionView(DateTimeOffset? EvaluatedAt, double TookSeconds, int Results, int Pending, int Firing, Problem? Problem);
