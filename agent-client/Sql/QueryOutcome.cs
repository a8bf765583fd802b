using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Sql;

/// <summary>How a query ended.</summary>
/// <param name="Rows">Rows that were sent.</param>
/// <param name="Truncated">The limit that cut it, <c>rows</c> or <c>bytes</c>; null if none did.</param>
/// <param name="Problem">Why it failed; null if it didn't.</param>
internal sealed record QueryOutcome(int Rows, string? Truncated, Problem? Problem);
