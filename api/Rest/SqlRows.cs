namespace Outrider.Api.Rest;

/// <summary>The shape of a query's answer as <see cref="Operations.RowSetJson"/> writes it, for OpenAPI and for clients in C#.</summary>
/// <param name="Columns">Names and types.</param>
/// <param name="Rows">Cells row by row; 64-bit integers and decimals are strings.</param>
/// <param name="RowCount">Rows in the answer.</param>
/// <param name="TruncatedBy"><c>rows</c> or <c>bytes</c> if a limit cut the answer, else null.</param>
/// <param name="ElapsedMs">Milliseconds on the agent.</param>
public sealed record SqlRows(List<SqlColumn> Columns, List<List<object?>> Rows, int RowCount, string? TruncatedBy, double ElapsedMs);
