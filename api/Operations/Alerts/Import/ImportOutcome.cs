namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>What became of a rule that was to be imported.</summary>
public enum ImportOutcome
{
    Created,
    Updated,
    Refused,
}
