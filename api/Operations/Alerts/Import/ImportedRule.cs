namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>What became of one rule of a file.</summary>
/// <param name="Group">The file's group.</param>
/// <param name="Alert">The rule's name there.</param>
/// <param name="Outcome">created, updated or refused; of a dry run what it would be.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Id">The id of the rule it became.</param>
/// <param name="Condition">The condition as a person reads it.</param>
/// <param name="Notes">What is not as it was in the file.</param>
public sealed record ImportedRule(
    string Group, string Alert, ImportOutcome Outcome, string? Reason = null, string? Id = null, string? Condition = null,
    IReadOnlyList<string>? Notes = null);
