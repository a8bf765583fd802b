namespace Outrider.Api.Operations;

/// <summary>The rows of a query, still encoded (docs/formats/row-set.md), and how it went.</summary>
/// <param name="Rows">The row set; <see cref="RowSetJson"/> renders it.</param>
/// <param name="RowCount">Rows in it.</param>
/// <param name="Truncated">Null if whole, else the limit that cut it: <c>rows</c> or <c>bytes</c>.</param>
/// <param name="ElapsedMs">Milliseconds on the agent.</param>
public sealed record SqlAnswer(byte[] Rows, int RowCount, string? Truncated, double ElapsedMs);
