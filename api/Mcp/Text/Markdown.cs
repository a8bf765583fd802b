using System.Text;

namespace Outrider.Api.Mcp.Text;

/// <summary>Builds the readable half of a result, with a cap that leaves room for other things in a model's context.</summary>
internal sealed class Markdown
{
    /// <summary>Characters of a text at most.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Characters of one table cell at most.</summary>
    private const int MaxCell = 300;

    private readonly StringBuilder _text = new();

    public Markdown Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>Appends a line if the text stays within its cap, counting what must still follow; false: it would not.</summary>
    public bool TryLine(string line, int reserve = 0)
    {
        if (_text.Length + line.Length + 1 + reserve > MaxLength)
            return false;
        Line(line);
        return true;
    }

    /// <summary>Text from outside, or with such in it, on one line, so that it can't pass for a heading of ours.</summary>
    public static string Inline(string text) => text.ReplaceLineEndings(" ");

    /// <summary>A table's row.</summary>
    public static string Row(IEnumerable<string?> cells) => $"| {string.Join(" | ", cells.Select(Cell))} |";

    /// <summary>Text from outside, short, on one line and unable to end a table's cell.</summary>
    public static string Cell(string? text)
    {
        if (text is null)
            return "NULL";
        if (text.Length > MaxCell)
            text = text[..MaxCell] + "…";
        return Inline(text.Replace("|", "\\|", StringComparison.Ordinal));
    }

    public override string ToString()
    {
        var text = _text.ToString().TrimEnd('\n');
        return text.Length <= MaxLength ? text : text[..MaxLength] + "\n… cut here; structuredContent is whole.";
    }
}
