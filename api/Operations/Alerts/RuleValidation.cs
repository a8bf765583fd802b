namespace Outrider.Api.Operations.Alerts;

/// <summary>What would come of a rule if it were saved.</summary>
/// <param name="Valid">Whether it can be saved.</param>
/// <param name="Faults">Why not, and what to change.</param>
/// <param name="Condition">As a person reads it; null with faults.</param>
/// <param name="Agents">Agents that it matches now, the first ones.</param>
/// <param name="AgentCount">How many.</param>
/// <param name="Series">Series that it looks at now, the first ones. None for processes and for the agents' status.</param>
/// <param name="SeriesCount">How many, as far as they were counted.</param>
public sealed record RuleValidation(
    bool Valid, List<string> Faults, string? Condition, List<string> Agents, int AgentCount, List<RuleSeries> Series, int SeriesCount);
