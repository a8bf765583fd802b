using Outrider.MySql.Payloads;

namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>Columns and rows, with placeholders not yet replaced.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">Rows of as many cells.</param>
/// <param name="Latency">Delay of the answer.</param>
public sealed record ResultTable(IReadOnlyList<ColumnDefinitionPayload> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, TimeSpan Latency)
{
    /// <summary>Index of a column by its name in any letter case; negative when there is none.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name.Equals(column, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <summary>The same with all placeholders replaced.</summary>
    public ResultTable At(DateTimeOffset localNow) =>
        this with { Rows = [.. Rows.Select(row => row.Select(cell => cell is null ? null : Placeholders.Expand(cell, localNow)).ToList())] };
}
