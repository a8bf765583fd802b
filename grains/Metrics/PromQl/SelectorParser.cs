namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Reads selectors, and the lists of labels that groupings have.</summary>
internal static class SelectorParser
{
    private static readonly string[] s_notMetrics = ["bool", "on", "ignoring", "group_left", "group_right"];

    /// <summary>A selector with its range and offset.</summary>
    public static Expression Read(TokenCursor tokens)
    {
        var at = tokens.Current.At;
        var matchers = ReadMatchers(tokens);
        if (matchers.TrueForAll(static matcher => matcher.Test() is { } test && test("")))
        {
            throw QueryException.Malformed(
                "this selector could be of all series; give it a name, or a condition that an absent label doesn't fulfil", at);
        }
        long? range = null;
        if (tokens.Accept("["))
        {
            range = ReadDuration(tokens);
            if (tokens.Current.Text.StartsWith(':'))
                throw QueryException.Unsupported("A subquery", tokens.Current.At);
            tokens.Expect("]");
        }
        long offset = 0;
        if (tokens.AcceptWord("offset"))
            offset = tokens.Accept("-") ? -ReadDuration(tokens) : ReadDuration(tokens);
        if (tokens.Current.Is("@"))
            throw QueryException.Unsupported("The modifier @", tokens.Current.At);
        var selector = new Expression.Selector(matchers, offset);
        return range is { } length ? new Expression.Range(selector, length) : selector;
    }

    /// <summary><c>(a, b)</c>; also empty.</summary>
    public static List<string> ReadLabels(TokenCursor tokens)
    {
        var labels = new List<string>();
        tokens.Expect("(");
        while (!tokens.Accept(")"))
        {
            labels.Add(ReadLabel(tokens));
            if (!tokens.Current.Is(")"))
                tokens.Expect(",");
        }
        return labels;
    }

    private static List<LabelMatcher> ReadMatchers(TokenCursor tokens)
    {
        var matchers = new List<LabelMatcher>();
        var isNamed = tokens.Current.Kind == TokenKind.Word;
        if (isNamed)
        {
            if (s_notMetrics.Contains(tokens.Current.Text, StringComparer.OrdinalIgnoreCase))
                throw tokens.Unexpected("an expression");
            matchers.Add(new LabelMatcher(SeriesSelector.NameLabel, MatchOperator.Equal, tokens.Take().Text));
            if (!tokens.Current.Is("{"))
                return matchers;
        }
        tokens.Expect("{");
        while (!tokens.Accept("}"))
        {
            var at = tokens.Current.At;
            var matcher = ReadMatcher(tokens);
            if (isNamed && matcher.Label == SeriesSelector.NameLabel)
                throw QueryException.Malformed("the name of the metric is given twice", at);
            matchers.Add(matcher);
            if (!tokens.Current.Is("}"))
                tokens.Expect(",");
        }
        return matchers;
    }

    private static LabelMatcher ReadMatcher(TokenCursor tokens)
    {
        var label = ReadLabel(tokens);
        MatchOperator? found = tokens.Current.Kind != TokenKind.Symbol ? null : tokens.Current.Text switch
        {
            "=" => MatchOperator.Equal,
            "!=" => MatchOperator.NotEqual,
            "=~" => MatchOperator.Matches,
            "!~" => MatchOperator.NotMatches,
            _ => null,
        };
        if (found is not { } compared)
            throw tokens.Unexpected("=, !=, =~ or !~");
        tokens.Take();
        var value = tokens.Expect(TokenKind.String, "a string");
        var matcher = new LabelMatcher(label, compared, value.Text);
        return matcher.Test() is null ? throw QueryException.Malformed(LabelMatcher.ExpressionRule, value.At) : matcher;
    }

    private static string ReadLabel(TokenCursor tokens)
    {
        var token = tokens.Expect(TokenKind.Word, "the name of a label");
        return token.Text.Contains(':', StringComparison.Ordinal)
            ? throw QueryException.Malformed("the name of a label has no colon", token.At)
            : token.Text;
    }

    private static long ReadDuration(TokenCursor tokens)
    {
        var token = tokens.Expect(TokenKind.Duration, "a duration such as 5m or 1h30m");
        return Durations.TryParse(token.Text, out var length) && length > 0
            ? length
            : throw QueryException.Malformed("a duration must be above 0", token.At);
    }
}
