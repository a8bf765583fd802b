namespace Outrider.Api.Operations.Alerts;

/// <summary>A page of rules by id.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record RulePage(List<RuleView> Rules, string? Next);
