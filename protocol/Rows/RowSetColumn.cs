namespace Outrider.Protocol.Rows;

/// <summary>A column of a row set.</summary>
/// <param name="Name">As the database gave it, case kept.</param>
/// <param name="Kind">How to read its cells.</param>
/// <param name="TypeName">The database's own name of the type, such as BIGINT.</param>
public sealed record RowSetColumn(string Name, ColumnKind Kind, string TypeName);
