using System.Text.Json;
using System.Text.RegularExpressions;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;

namespace Outrider.Testing.Scenarios;

/// <summary>
/// A scenario of samples/scenarios, answering in memory: as much of its README as the experts' statements need. The demo server answers
/// the same files over the network.
/// </summary>
public sealed partial class Scenario
{
    private static readonly JsonDocumentOptions s_json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly JsonElement _root;
    private readonly DateTime _now;

    private Scenario(JsonElement root, DateTime now)
    {
        _root = root;
        _now = now;
        foreach (var answer in root.GetProperty("answers").EnumerateArray())
            _answers.Add(answer.GetProperty("statement").GetString()!, answer);
    }

    public static string Folder => Path.Combine(Root(), "samples", "scenarios");

    public static Scenario Load(string name, DateTime now) =>
        new(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")), s_json).RootElement, now);

    /// <summary>The repository's folder.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cluster.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Cluster.sln above the tests.");
        return folder;
    }

    /// <summary>The answer to a statement; <c>sql_failed</c> for one it doesn't know, as the database would.</summary>
    public Outcome<RowTable> Ask(string sql)
    {
        if (_answers.TryGetValue(sql, out var answer))
            return Answer(answer);
        if (ShowLike().Match(sql) is { Success: true } like && _answers.TryGetValue(like.Groups[1].Value, out var all))
            return Filter(Rows(all), all.GetProperty("columns")[0].GetString()!, "LIKE", like.Groups[2].Value);
        if (sql == "SELECT current_version()")
            return Single("current_version()", _root.GetProperty("version").GetString()!);
        if (sql == "SELECT NOW()")
            return Single("NOW()", Format(_now));
        if (Select().Match(sql) is { Success: true } select && _root.GetProperty("tables").TryGetProperty(select.Groups[2].Value, out var table))
            return Evaluate(Rows(table), select);
        return new Problem(ProblemCodes.SqlFailed, $"1064 (42000): Getting syntax error. Unexpected input '{sql}'.");
    }

    private Outcome<RowTable> Answer(JsonElement answer) => answer.TryGetProperty("error", out var error)
        ? new Problem(ProblemCodes.SqlFailed, error.GetProperty("message").GetString()!)
        : Rows(answer);

    private static RowTable Evaluate(RowTable table, Match select)
    {
        foreach (var condition in select.Groups[3].Value.Split(" AND ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = Condition().Match(condition);
            table = Filter(table, parts.Groups[1].Value, parts.Groups[2].Value, parts.Groups[3].Value);
        }
        var rows = table.Rows;
        if (select.Groups[4].Success)
            rows = [.. Enumerable.Range(0, rows.Count).OrderByDescending(i => long.Parse(table.Cell(i, select.Groups[4].Value)!)).Select(i => rows[i])];
        if (select.Groups[5].Success)
            rows = [.. rows.Take(int.Parse(select.Groups[5].Value))];
        return Project(new RowTable(table.Columns, rows), select.Groups[1].Value.Split(", "));
    }

    private static RowTable Filter(RowTable table, string column, string by, string value)
    {
        var values = value.Split(',').Select(item => item.Trim().Trim('\'')).ToList();
        bool Keeps(string? cell) => by switch
        {
            "=" => cell == values[0],
            "LIKE" => Regex.IsMatch(cell ?? "", "^" + Regex.Escape(values[0]).Replace("%", ".*") + "$"),
            "NOT IN" => !values.Contains(cell ?? ""),
            _ => throw new NotSupportedException(by),
        };
        return new RowTable(table.Columns, [.. Enumerable.Range(0, table.Rows.Count).Where(i => Keeps(table.Cell(i, column))).Select(i => table.Rows[i])]);
    }

    private static RowTable Project(RowTable table, string[] columns) => new(
        [.. columns.Select(Column)],
        [.. Enumerable.Range(0, table.Rows.Count).Select(i => columns.Select(column => table.Cell(i, column)).ToArray())]);

    private static RowTable Single(string column, string value) => new([Column(column)], [[value]]);

    private RowTable Rows(JsonElement source)
    {
        var rows = source.TryGetProperty("rows", out var given) ? given.EnumerateArray().ToList() : [];
        var names = source.TryGetProperty("columns", out var columns)
            ? columns.EnumerateArray().Select(column => column.GetString()!).ToArray()
            : [.. rows[0].EnumerateObject().Select(cell => cell.Name)];
        return new RowTable([.. names.Select(Column)], [.. rows.Select(row => Cells(row, names))]);
    }

    private string?[] Cells(JsonElement row, string[] names) => row.ValueKind == JsonValueKind.Array
        ? [.. row.EnumerateArray().Select(Text)]
        : [.. names.Select(name => row.TryGetProperty(name, out var cell) ? Text(cell) : null)];

    private string? Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Time().Replace(cell.GetString()!, match => Format(_now - Span(match))),
        _ => cell.GetRawText(),
    };

    private static TimeSpan Span(Match match) => !match.Groups[1].Success ? TimeSpan.Zero : match.Groups[2].Value switch
    {
        "s" => TimeSpan.FromSeconds(int.Parse(match.Groups[1].Value)),
        "m" => TimeSpan.FromMinutes(int.Parse(match.Groups[1].Value)),
        "h" => TimeSpan.FromHours(int.Parse(match.Groups[1].Value)),
        _ => TimeSpan.FromDays(int.Parse(match.Groups[1].Value)),
    };

    private static string Format(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss");

    private static RowSetColumn Column(string name) => new(name, ColumnKind.Text, "VARCHAR");

    [GeneratedRegex(@"^(.+) LIKE '(.*)'$")]
    private static partial Regex ShowLike();

    [GeneratedRegex(@"^SELECT (.+?) FROM (\S+) WHERE (.+?)(?: ORDER BY (\w+) DESC)?(?: LIMIT (\d+))?$")]
    private static partial Regex Select();

    [GeneratedRegex(@"^(\w+) (=|LIKE|NOT IN) \(?(.+?)\)?$")]
    private static partial Regex Condition();

    [GeneratedRegex(@"\{\{now(?:-(\d+)([smhd]))?\}\}")]
    private static partial Regex Time();
}
