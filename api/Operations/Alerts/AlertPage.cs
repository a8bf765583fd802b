namespace Outrider.Api.Operations.Alerts;

/// <summary>A page of alerts, those that fired last first.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record AlertPage(List<AlertView> Alerts, string? Next);
