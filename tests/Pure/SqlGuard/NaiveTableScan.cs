using System.Text.RegularExpressions;

namespace Outrider.Tests.Pure.Sql;

/// <summary>
/// An oracle that shares no code with the guard: blanks strings and comments, then looks for names after FROM and JOIN
/// and for words that no allowed statement holds. Crude, and wrong about what it takes for a common table expression,
/// but independent.
/// </summary>
internal static partial class NaiveTableScan
{
    private static readonly string[] s_schemas = ["information_schema", "_statistics_", "starrocks_audit_db__"];

    // Names that may follow FROM or JOIN besides tables.
    private static readonly string[] s_sources = ["unnest", "json_each", "dual", "select", "with", "values", "lateral"];

    /// <summary>The first name or word that an allowed statement can't hold, or null.</summary>
    public static string? FindForbidden(string sql)
    {
        var text = Quoted().Replace(sql, match => match.Value[0] switch { '`' => match.Value, '\'' or '"' => " 0 ", _ => " " });
        if (Banned().Match(Quoted().Replace(sql, " ")) is { Success: true } banned)
            return banned.Value;
        if (!Query().IsMatch(text))
            return null;
        var defined = Definition().Matches(text).Select(match => match.Groups[1].Value.Trim('`')).ToHashSet();
        return Source().Matches(text).Select(match => match.Groups[1].Value).FirstOrDefault(name => !IsAllowed(name, defined));
    }

    private static bool IsAllowed(string source, HashSet<string> defined)
    {
        var parts = source.Replace(" ", "").Replace("`", "").Split('.');
        if (parts[0].Equals("default_catalog", StringComparison.OrdinalIgnoreCase))
            parts = parts[1..];
        return parts.Length == 1
            ? defined.Contains(source.Trim().Trim('`')) || s_sources.Contains(parts[0], StringComparer.OrdinalIgnoreCase)
            : s_schemas.Contains(parts[0], StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex("""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|--[^\r\n]*|/\*.*?\*/""", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w`.])(INTO|OUTFILE|INSERT|DELETE|UPDATE|DROP|KILL|FILES\s*\(|sleep\s*\(\s*\d|generate_series\s*\(\s*\d|WITH\s+RECURSIVE\s)(?!(?<=\w)\w)|;(?=.*\S)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Banned();

    [GeneratedRegex(@"^\s*(\(|SELECT|WITH|EXPLAIN|DESC\w*\s+(\w+\s+)?(SELECT|WITH|\())", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(@"(\w+|`[^`]+`)\s*(?:\([^()]*\)\s*)?AS\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Definition();

    // EXTRACT(unit FROM …) is no table.
    [GeneratedRegex(@"(?<!EXTRACT\s*\(\s*\w+\s*)(?<![\w`.])(?:FROM|JOIN)(?![\w$])(?:[\s(]|\[\s*\w+\s*\]|LATERAL\s)*((?:[\w$]+|`(?:[^`]|``)*`)(?:\s*\.\s*(?:[\w$]+|`(?:[^`]|``)*`))*)", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}
