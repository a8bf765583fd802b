using System.Globalization;
using System.Text;
using Outrider.Api.Operations;
using Outrider.Protocol.Rows;

namespace Outrider.Api.Mcp.Text;

/// <summary>Rows of a query as a table of Markdown.</summary>
internal static class RowSetText
{
    public static string Render(SqlAnswer answer)
    {
        var text = new Markdown().Line(Head(answer));
        if (answer.Rows.Length == 0)
            return text.ToString();
        var reader = new RowSetReader(answer.Rows);
        var names = reader.Columns.Select(column => column.Name).ToList();
        if (names.Count == 0 || !reader.HasMore)
            return text.Line(names.Count == 0 ? "" : $"Columns: {Markdown.Cell(string.Join(", ", names))}").ToString();
        text.Line().Line(Markdown.Row(names)).Line($"|{string.Concat(Enumerable.Repeat("---|", names.Count))}");
        var shown = 0;
        while (reader.HasMore && text.TryLine(Markdown.Row(Cells(ref reader)), reserve: 100))
            shown++;
        if (shown < answer.RowCount)
            text.Line().Line($"… {answer.RowCount - shown} more rows are in structuredContent.rows.");
        return text.ToString();
    }

    private static string Head(SqlAnswer answer) => string.Create(CultureInfo.InvariantCulture,
        $"{answer.RowCount} row{(answer.RowCount == 1 ? "" : "s")} in {answer.ElapsedMs:0.#} ms")
        + answer.Truncated switch
        {
            null => ".",
            "rows" => "; cut at max_rows, there are more. Narrow the query or raise max_rows.",
            _ => "; cut at the size limit, there are more. Select fewer columns or narrow the query.",
        };

    private static string?[] Cells(ref RowSetReader reader)
    {
        var cells = new string?[reader.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            if (!reader.TryReadCell(out var cell))
                continue;
            cells[i] = reader.Columns[i].Kind is ColumnKind.Binary || !System.Text.Unicode.Utf8.IsValid(cell)
                ? $"({cell.Length} bytes)" : Encoding.UTF8.GetString(cell);
        }
        return cells;
    }
}
