using System.Text;

namespace Outrider.Agent.Executors.ClickHouse;

/// <summary>Cells of ClickHouse's format TabSeparated. https://clickhouse.com/docs/interfaces/formats/TabSeparated</summary>
internal static class TabSeparated
{
    /// <summary>The text of a cell; null for NULL.</summary>
    public static string? Read(string cell)
    {
        if (cell == "\\N")
            return null;
        if (!cell.Contains('\\', StringComparison.Ordinal))
            return cell;
        var text = new StringBuilder(cell.Length);
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] != '\\' || i + 1 == cell.Length)
                text.Append(cell[i]);
            else
                text.Append(Escaped(cell[++i]));
        }
        return text.ToString();
    }

    private static char Escaped(char c) => c switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'a' => '\a',
        'v' => '\v',
        'e' => '\u001b',
        _ => c,
    };
}
