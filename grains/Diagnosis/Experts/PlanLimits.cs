namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>How far a plan may go.</summary>
public static class PlanLimits
{
    public const int Phases = 8;

    /// <summary>Statements of all phases together.</summary>
    public const int Statements = 40;

    /// <summary>The statements to ask next, within the limits; empty when the plan is done.</summary>
    public static IReadOnlyList<Statement> Next(Expert expert, ExpertArguments arguments, Evidence evidence, int phase) =>
        phase >= Phases
            ? []
            :
            [
                .. expert.Plan(arguments, evidence).Where(statement => !evidence.Has(statement.Id))
                    .Take(Statements - evidence.Results.Count),
            ];
}
