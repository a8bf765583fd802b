using Outrider.Protocol.Rows;

namespace Outrider.Grains.Diagnosis.Cells;

/// <summary>A row of a statement's answer, read by column name.</summary>
/// <param name="Statement">The statement's id.</param>
/// <param name="Table">Its answer.</param>
/// <param name="Index">Which row.</param>
public readonly record struct Row(string Statement, RowTable Table, int Index)
{
    public string? Text(string column) => Cell.Text(Table.Cell(Index, column));

    public long? Count(string column) => Cell.Count(Table.Cell(Index, column));

    public double? Number(string column) => Cell.Number(Table.Cell(Index, column));

    public bool? Flag(string column) => Cell.Flag(Table.Cell(Index, column));

    public double? Percent(string column) => Cell.Percent(Table.Cell(Index, column));

    public DateTime? Time(string column) => Cell.Time(Table.Cell(Index, column));

    /// <summary>Bytes of a display string.</summary>
    public long? Size(string column) => ByteSize.Parse(Table.Cell(Index, column));

    /// <summary>The cell as a finding's evidence; a cell longer than 200 characters is cut.</summary>
    public EvidenceRow Evidence(string name, string column, string? threshold = null)
    {
        var value = Table.Cell(Index, column) ?? "NULL";
        return new EvidenceRow(Statement, name, column, value.Length <= 200 ? value : value[..200] + "…", threshold);
    }
}
