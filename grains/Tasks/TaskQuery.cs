namespace Outrider.Grains.Tasks;

/// <summary>Which tasks. What is null is not asked for.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Status">The status.</param>
/// <param name="CreatedBy">The credential's id.</param>
/// <param name="Fanout">The fan-out's id.</param>
/// <param name="From">Created at or after.</param>
/// <param name="To">Created before.</param>
/// <param name="AwaitingApproval">True: only those that wait for it.</param>
public sealed record TaskQuery(
    string? Agent = null, string? Type = null, string? Status = null, string? CreatedBy = null, string? Fanout = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, bool AwaitingApproval = false);
