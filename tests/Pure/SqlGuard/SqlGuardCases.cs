using System.Text.Json;

namespace Outrider.Tests.Pure.Sql;

/// <summary>One line of a table: a text and the rule that must refuse it or the form it must be recognised as.</summary>
public sealed record SqlGuardCase(string Sql, string? Rule, string? Form);

/// <summary>The tables of texts, read from the test assembly.</summary>
public static class SqlGuardCases
{
    public static IReadOnlyList<SqlGuardCase> Attacks { get; } = Read("attacks.jsonl");

    public static IReadOnlyList<SqlGuardCase> Legitimate { get; } = Read("legitimate.jsonl");

    public static IReadOnlyList<SqlGuardCase> All { get; } = [.. Attacks, .. Legitimate];

    public static string Resource(string name)
    {
        using var stream = typeof(SqlGuardCases).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static List<SqlGuardCase> Read(string name)
    {
        var cases = new List<SqlGuardCase>();
        foreach (var line in Resource(name).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            cases.Add(new(DecodeText(root), Optional(root, "rule"), Optional(root, "form")));
        }
        return cases;
    }

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>GetString refuses lone surrogates; the tables are ASCII, so that \u escapes are all there is to decode.</summary>
    private static string DecodeText(JsonElement root)
    {
        var raw = root.GetProperty("sql").GetRawText();
        if (!raw.Contains("\\ud", StringComparison.Ordinal))
            return root.GetProperty("sql").GetString()!;
        return string.Concat(raw[1..^1].Split("\\u").Select((part, i) =>
            i == 0 ? part : (char)Convert.ToUInt16(part[..4], 16) + part[4..]));
    }
}
