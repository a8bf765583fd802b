using System.Buffers.Text;
using System.Text.Json;
using Outrider.Protocol.Rows;

namespace Outrider.Api.Operations;

/// <summary>
/// Renders a row set as JSON without making an object of each cell: <c>columns</c> as {name, type} and <c>rows</c> as arrays.
/// 64-bit integers and decimals are strings, because JSON readers round them (see <see cref="ColumnKind"/>).
/// </summary>
public static class RowSetJson
{
    /// <summary>Writes the whole answer as one object.</summary>
    public static void Write(Utf8JsonWriter to, SqlAnswer answer)
    {
        to.WriteStartObject();
        WriteMembers(to, answer);
        to.WriteEndObject();
    }

    /// <summary>Writes the answer's members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter to, SqlAnswer answer)
    {
        var reader = answer.Rows.Length == 0 ? default : new RowSetReader(answer.Rows);
        var columns = reader.Columns ?? [];
        to.WriteStartArray("columns");
        foreach (var column in columns)
        {
            to.WriteStartObject();
            to.WriteString("name", column.Name);
            to.WriteString("type", column.TypeName);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteStartArray("rows");
        while (columns.Count > 0 && reader.HasMore)
        {
            to.WriteStartArray();
            foreach (var column in columns)
                WriteCell(to, column.Kind, ref reader);
            to.WriteEndArray();
        }
        to.WriteEndArray();
        to.WriteNumber("row_count", answer.RowCount);
        if (answer.Truncated is null)
            to.WriteNull("truncated_by");
        else
            to.WriteString("truncated_by", answer.Truncated);
        to.WriteNumber("elapsed_ms", Math.Round(answer.ElapsedMs, 3));
    }

    private static void WriteCell(Utf8JsonWriter to, ColumnKind kind, ref RowSetReader reader)
    {
        if (!reader.TryReadCell(out var cell))
            to.WriteNullValue();
        else if (kind is ColumnKind.Int32 && Utf8Parser.TryParse(cell, out int integer, out var used) && used == cell.Length)
            to.WriteNumberValue(integer);
        else if (kind is ColumnKind.Int32 && Utf8Parser.TryParse(cell, out uint unsigned, out used) && used == cell.Length)
            to.WriteNumberValue(unsigned);
        else if (kind is ColumnKind.Double && Utf8Parser.TryParse(cell, out double real, out used) && used == cell.Length && double.IsFinite(real))
            to.WriteNumberValue(real);
        else if (kind is ColumnKind.Binary || !System.Text.Unicode.Utf8.IsValid(cell))
            to.WriteBase64StringValue(cell);
        else
            to.WriteStringValue(cell);
    }
}
