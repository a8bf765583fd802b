using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// One row as text: a string&lt;lenenc&gt; or the NULL marker per column.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_row.html
/// </summary>
public static class TextRowPayload
{
    /// <summary>Finds the cells of a row. False when it hasn't exactly as many as <paramref name="cells"/> takes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, Span<CellRange> cells)
    {
        var reader = new PayloadReader(payload);
        for (var i = 0; i < cells.Length; i++)
        {
            if (reader.Rest is [PacketHeaders.NullOrLocalInfile, ..])
            {
                reader.TrySkip(1);
                cells[i] = CellRange.Null;
                continue;
            }
            if (!reader.TryReadLengthEncodedBytes(out var cell))
                return false;
            cells[i] = new(payload.Length - reader.Rest.Length - cell.Length, cell.Length);
        }
        return reader.IsAtEnd;
    }

    /// <summary>Appends a row.</summary>
    public static void Write(PayloadWriter writer, IReadOnlyList<string?> cells)
    {
        foreach (var cell in cells)
        {
            if (cell is null)
                writer.WriteByte(PacketHeaders.NullOrLocalInfile);
            else
                writer.WriteLengthEncodedText(cell);
        }
    }
}
