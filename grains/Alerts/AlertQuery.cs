namespace Outrider.Grains.Alerts;

/// <summary>Which alerts. What is null is not asked for.</summary>
/// <param name="State">Firing or resolved ones.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Agent">The agent's name.</param>
/// <param name="Severity">This one exactly.</param>
/// <param name="From">Fired at or after.</param>
/// <param name="To">Fired before.</param>
public sealed record AlertQuery(
    AlertState? State = null, string? Rule = null, string? Agent = null, AlertSeverity? Severity = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null);
