namespace Outrider.Agent.Policy.Commands;

/// <summary>Fits a rule's patterns to arguments.</summary>
internal static class RuleArguments
{
    /// <summary>For each argument, whether a pattern with <c>*</c> let it through rather than its own text. Null: the patterns don't fit.</summary>
    /// <param name="patterns">One each, in order; a last <c>**</c> for any number of further ones. Null: no arguments.</param>
    /// <param name="options">What may begin with <c>-</c> among those of <c>**</c>.</param>
    /// <param name="arguments">What was asked for.</param>
    public static bool[]? Fit(IReadOnlyList<string>? patterns, IReadOnlyList<string>? options, IReadOnlyList<string> arguments)
    {
        patterns ??= [];
        options ??= [];
        var open = patterns.Count > 0 && patterns[^1] == ArgumentPattern.Rest;
        var named = open ? patterns.Count - 1 : patterns.Count;
        if (arguments.Count < named || (!open && arguments.Count > named))
            return null;
        var free = new bool[arguments.Count];
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            var pattern = at < named ? patterns[at]
                : argument.StartsWith('-') ? options.FirstOrDefault(option => ArgumentPattern.Allows(option, argument))
                : ArgumentPattern.Rest;
            if (pattern is null || !ArgumentPattern.Allows(pattern, argument))
                return null;
            free[at] = !ArgumentPattern.IsLiteral(pattern);
        }
        return free;
    }
}
