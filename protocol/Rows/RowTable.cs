using System.Text;

namespace Outrider.Protocol.Rows;

/// <summary>A whole row set as text, columns found by name in any case: what an expert's analysis reads.</summary>
public sealed class RowTable
{
    private readonly Dictionary<string, int> _index;

    public RowTable(IReadOnlyList<RowSetColumn> columns, IReadOnlyList<string?[]> rows)
    {
        Columns = columns;
        Rows = rows;
        _index = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Count; i++)
            _index.TryAdd(columns[i].Name, i);
    }

    public IReadOnlyList<RowSetColumn> Columns { get; }

    public IReadOnlyList<string?[]> Rows { get; }

    /// <summary>Reads a row set. Throws <see cref="FormatException"/> when the bytes aren't one.</summary>
    public static RowTable Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new RowSetReader(bytes);
        var rows = new List<string?[]>();
        while (reader.HasMore)
        {
            if (reader.Columns.Count == 0)
                throw new FormatException("Cells without columns.");
            var row = new string?[reader.Columns.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.TryReadCell(out var cell) ? Encoding.UTF8.GetString(cell) : null;
            rows.Add(row);
        }
        return new RowTable(reader.Columns, rows);
    }

    public bool Has(string column) => _index.ContainsKey(column);

    /// <summary>The cell's text; null when it is NULL or the column isn't there.</summary>
    public string? Cell(int row, string column) => _index.TryGetValue(column, out var i) ? Rows[row][i] : null;
}
