namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// A statement form written as a line: <c>SHOW [FULL] TABLES [(FROM|IN) database] [like] filter</c>. Upper case is a
/// keyword, lower case names a part that <see cref="FormSlots"/> recognises, brackets enclose what may be missing,
/// parentheses and bars alternatives. One token decides every choice, so matching never goes back.
/// </summary>
internal sealed class FormPattern
{
    private readonly IReadOnlyList<Node> _sequence;

    public FormPattern(string text)
    {
        var words = text.Replace("[", " [ ", StringComparison.Ordinal).Replace("]", " ] ", StringComparison.Ordinal)
            .Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Replace("|", " | ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _sequence = Parse(new Queue<string>(words), null)[0];
    }

    /// <summary>Matches the tokens from the cursor to the end of the statement.</summary>
    public bool Matches(TokenCursor cursor) => Match(_sequence, cursor) && cursor.AtEnd;

    /// <summary>Reads alternatives up to <paramref name="close"/>, each a sequence.</summary>
    private static List<List<Node>> Parse(Queue<string> words, string? close)
    {
        List<List<Node>> alternatives = [[]];
        while (words.TryDequeue(out var word) && word != close)
        {
            if (word == "|")
                alternatives.Add([]);
            else
                alternatives[^1].Add(word switch
                {
                    "[" => new(null, Parse(words, "]"), Optional: true),
                    "(" => new(null, Parse(words, ")"), Optional: false),
                    _ => new(word, [], Optional: false),
                });
        }
        return alternatives;
    }

    private static bool Match(IReadOnlyList<Node> sequence, TokenCursor cursor)
    {
        foreach (var node in sequence)
        {
            if (!Match(node, cursor))
                return false;
        }
        return true;
    }

    private static bool Match(Node node, TokenCursor cursor)
    {
        if (node.Word is { } word)
            return char.IsAsciiLetterUpper(word[0]) ? cursor.Accept(word) : FormSlots.Match(word, cursor);
        foreach (var alternative in node.Alternatives)
        {
            if (Begins(alternative[0], cursor))
                return Match(alternative, cursor);
        }
        return node.Optional;
    }

    private static bool Begins(Node node, TokenCursor cursor) => node.Word is { } word
        ? char.IsAsciiLetterUpper(word[0]) ? cursor.At(word) : FormSlots.Begins(word, cursor)
        : node.Alternatives.Any(alternative => Begins(alternative[0], cursor));

    private sealed record Node(string? Word, List<List<Node>> Alternatives, bool Optional);
}
