namespace Outrider.Api.Operations.Alerts;

/// <summary>When a rule would have fired.</summary>
/// <param name="Condition">As a person reads it.</param>
/// <param name="From">From when samples were judged.</param>
/// <param name="To">Until before when.</param>
/// <param name="Series">Series looked at.</param>
/// <param name="Samples">Their samples.</param>
/// <param name="Fired">How often it would have fired.</param>
/// <param name="Agents">At how many agents.</param>
/// <param name="Firings">The first ones, by when they fired.</param>
public sealed record DryRunAnswer(
    string Condition, DateTimeOffset From, DateTimeOffset To, int Series, long Samples, int Fired, int Agents, List<DryRunFiring> Firings);
