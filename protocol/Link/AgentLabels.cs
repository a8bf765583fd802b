namespace Outrider.Protocol.Link;

/// <summary>What labels an agent may have: words by which its owner tells it from others, such as <c>role=db</c>.</summary>
public static class AgentLabels
{
    /// <summary>Labels of an agent at most.</summary>
    public const int Max = 32;

    /// <summary>Characters of a name and of a value at most.</summary>
    public const int MaxLength = 63;

    public const string Rule =
        "at most 32; a name is 1 to 63 letters, digits, '-', '_', '.' or '/', beginning with a letter or digit, a value up to 63 characters without control characters and commas";

    /// <summary>Whether all is as <see cref="Rule"/> says.</summary>
    public static bool AreValid(IReadOnlyDictionary<string, string> labels) =>
        labels.Count <= Max && labels.All(label => IsName(label.Key) && IsValue(label.Value));

    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');

    /// <summary>Labels written <c>role=db,zone=a</c>; null: it is no such text.</summary>
    public static Dictionary<string, string>? Parse(string text)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !labels.TryAdd(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart()))
                return null;
        }
        return AreValid(labels) ? labels : null;
    }

    private static bool IsValue(string? value) => value is { Length: <= MaxLength } && !value.Any(c => char.IsControl(c) || c == ',');
}
