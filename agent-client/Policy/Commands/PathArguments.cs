namespace Outrider.Agent.Policy.Commands;

/// <summary>Where paths can stand in an argument.</summary>
internal static class PathArguments
{
    private static readonly char[] s_delimiters = ['=', ':', ',', '@', ' ', '\t', '"', '\'', '<', '>', '|', ';', '(', ')', '&'];

    /// <summary>
    /// Everything in it that a program could take for a path: itself, its parts, what follows a one-letter option, and each with its percent
    /// signs decoded.
    /// </summary>
    public static IEnumerable<string> In(string argument) => Parts(argument).Where(part => part.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>The parts of an argument of which a rule with <c>paths</c> must know where they lie: itself, and those parts that can only be paths.</summary>
    public static IEnumerable<string> Certain(string argument)
    {
        if (!argument.StartsWith('-'))
            yield return argument;
        else if (argument.Length > 2 && argument[1] != '-' && argument.AsSpan(2).ContainsAnyExceptInRange('0', '9'))
            yield return argument[2..];
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0 && equals + 1 < argument.Length)
            yield return argument[(equals + 1)..];
        foreach (var part in In(argument).Where(part => part != argument && !part.StartsWith('-')))
        {
            if (part.Contains('/', StringComparison.Ordinal) || part is "." or "..")
                yield return part;
        }
    }

    private static IEnumerable<string> Parts(string argument)
    {
        var decoded = argument.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(argument) : argument;
        string[] forms = decoded == argument ? [argument] : [argument, decoded];
        foreach (var form in forms)
        {
            yield return form;
            foreach (var part in form.Split(s_delimiters))
                yield return part;
            if (!form.StartsWith('-') || form.Length < 3)
                continue;
            // Behind a letter, or several: -f/etc/x, -xf/etc/x.
            yield return form[2..];
            if (form.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
                yield return form[slash..];
        }
    }
}
