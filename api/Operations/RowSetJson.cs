using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Outrider.Protocol.Rows;

namespace Outrider.Api.Operations;

/// <summary>
/// Renders a row set as JSON without making an object of each cell: <c>columns</c> as {name, type} and <c>rows</c> as arrays.
/// 64-bit integers and decimals are strings, because JSON readers round them (see <see cref="ColumnKind"/>).
/// </summary>
public static class RowSetJson
{
    private const int SendAt = 64 * 1024;

    // The answer is JSON and never HTML, and most rows of most users are no ASCII.
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        var reader = WriteHead(to, answer);
        WriteRows(to, ref reader, int.MaxValue);
        WriteTail(to, answer);
    }

    /// <summary>Writes the whole answer as one object, sending it on as it grows, so that the JSON never stands in memory as a whole.</summary>
    public static async Task WriteAsync(PipeWriter to, SqlAnswer answer, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to, s_writer);
        json.WriteStartObject();
        await WriteMembersAsync(to, json, answer, cancellation);
        json.WriteEndObject();
    }

    /// <summary>As <see cref="WriteMembers"/>, sending on as <see cref="WriteAsync"/> does; <paramref name="json"/> writes to <paramref name="to"/>.</summary>
    public static async Task WriteMembersAsync(PipeWriter to, Utf8JsonWriter json, SqlAnswer answer, CancellationToken cancellation)
    {
        var (columns, rest) = Rest(WriteHead(json, answer));
        while (rest > 0)
        {
            rest = WriteRows(json, columns, answer.Rows.AsSpan(^rest..));
            await json.FlushAsync(cancellation);
            if ((await to.FlushAsync(cancellation)).IsCompleted)
                throw new OperationCanceledException("The reader has gone.");
        }
        WriteTail(json, answer);
    }

    private static (IReadOnlyList<RowSetColumn> Columns, int Remaining) Rest(RowSetReader reader) => (reader.Columns, reader.Remaining);

    private static int WriteRows(Utf8JsonWriter to, IReadOnlyList<RowSetColumn> columns, ReadOnlySpan<byte> rest)
    {
        var reader = new RowSetReader(rest, columns);
        WriteRows(to, ref reader, SendAt);
        return reader.Remaining;
    }

    private static RowSetReader WriteHead(Utf8JsonWriter to, SqlAnswer answer)
    {
        var reader = answer.Rows.Length == 0 ? new RowSetReader(default, []) : new RowSetReader(answer.Rows);
        to.WriteStartArray("columns");
        foreach (var column in reader.Columns)
        {
            to.WriteStartObject();
            to.WriteString("name", column.Name);
            to.WriteString("type", column.TypeName);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteStartArray("rows");
        if (reader.Columns.Count == 0 && reader.HasMore)
            throw new FormatException("Cells without columns.");
        return reader;
    }

    private static void WriteRows(Utf8JsonWriter to, ref RowSetReader reader, int sendAt)
    {
        while (reader.HasMore && to.BytesPending < sendAt)
        {
            to.WriteStartArray();
            foreach (var column in reader.Columns)
                WriteCell(to, column.Kind, ref reader);
            to.WriteEndArray();
        }
    }

    private static void WriteTail(Utf8JsonWriter to, SqlAnswer answer)
    {
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
