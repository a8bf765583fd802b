namespace Outrider.Grains.Audit;

/// <summary>Which entries. What is null is not asked for.</summary>
/// <param name="Actor">The credential's id.</param>
/// <param name="Action">What was tried; with a <c>*</c> at its end, whatever begins so.</param>
/// <param name="Target">On what.</param>
/// <param name="Outcome"><c>ok</c> or the problem's code.</param>
/// <param name="Task">The task's or fan-out's id.</param>
/// <param name="From">At or after.</param>
/// <param name="To">Before.</param>
public sealed record AuditQuery(
    string? Actor = null, string? Action = null, string? Target = null, string? Outcome = null, string? Task = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null);
