using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;
using Outrider.Protocol.Rows;

namespace Outrider.Agent.Sql;

/// <summary>From a column as the MySQL protocol describes it to a column of a row set.</summary>
internal static class ColumnKinds
{
    public static RowSetColumn Of(ColumnDefinitionPayload column)
    {
        var binary = column.CharacterSet == CharacterSets.Binary;
        var unsigned = column.Flags.HasFlag(ColumnFlags.Unsigned) ? " UNSIGNED" : "";
        var (kind, type) = column.Type switch
        {
            ColumnType.Tiny => (ColumnKind.Int32, "TINYINT" + unsigned),
            ColumnType.Short => (ColumnKind.Int32, "SMALLINT" + unsigned),
            ColumnType.Int24 => (ColumnKind.Int32, "MEDIUMINT" + unsigned),
            ColumnType.Long => (ColumnKind.Int32, "INT" + unsigned),
            ColumnType.Year => (ColumnKind.Int32, "YEAR"),
            ColumnType.LongLong => (ColumnKind.Int64, "BIGINT" + unsigned),
            ColumnType.Float => (ColumnKind.Double, "FLOAT"),
            ColumnType.Double => (ColumnKind.Double, "DOUBLE"),
            ColumnType.Decimal or ColumnType.NewDecimal => (ColumnKind.Decimal, "DECIMAL"),
            ColumnType.Date => (ColumnKind.Date, "DATE"),
            ColumnType.DateTime => (ColumnKind.DateTime, "DATETIME"),
            ColumnType.Timestamp => (ColumnKind.DateTime, "TIMESTAMP"),
            ColumnType.Time => (ColumnKind.Time, "TIME"),
            ColumnType.Json => (ColumnKind.Json, "JSON"),
            ColumnType.Bit => (ColumnKind.Binary, "BIT"),
            ColumnType.Geometry => (ColumnKind.Binary, "GEOMETRY"),
            ColumnType.Null => (ColumnKind.Text, "NULL"),
            ColumnType.Enum => (ColumnKind.Text, "ENUM"),
            ColumnType.Set => (ColumnKind.Text, "SET"),
            ColumnType.TinyBlob or ColumnType.MediumBlob or ColumnType.LongBlob or ColumnType.Blob when binary => (ColumnKind.Binary, "BLOB"),
            ColumnType.TinyBlob or ColumnType.MediumBlob or ColumnType.LongBlob or ColumnType.Blob => (ColumnKind.Text, "TEXT"),
            ColumnType.String when binary => (ColumnKind.Binary, "BINARY"),
            ColumnType.String => (ColumnKind.Text, "CHAR"),
            _ when binary => (ColumnKind.Binary, "VARBINARY"),
            _ => (ColumnKind.Text, "VARCHAR"),
        };
        return new RowSetColumn(column.Name, kind, type);
    }
}
