namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>What became of a file.</summary>
/// <param name="DryRun">Nothing was changed.</param>
public sealed record ImportAnswer(bool DryRun, int Created, int Updated, int Refused, List<ImportedRule> Rules);
