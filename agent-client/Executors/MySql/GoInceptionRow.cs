using System.Globalization;
using Outrider.MySql.Client;

namespace Outrider.Agent.Executors.MySql;

/// <summary>What goInception says of one statement. https://hanchuanchuan.github.io/goInception/result.html</summary>
internal sealed record GoInceptionRow(
    int OrderId, string Stage, int ErrorLevel, string StageStatus, string? ErrorMessage, string Sql, long? AffectedRows)
{
    /// <summary>The columns that are passed on as they are: where and under which number the backup keeps what takes the statement back, and times.</summary>
    public static readonly string[] Passed = ["sequence", "backup_dbname", "execute_time", "sqlsha1", "backup_time"];

    public List<(string Name, string Value)> More { get; init; } = [];

    /// <summary>Whether the database executed it.</summary>
    public bool IsExecuted => Stage is "EXECUTED" or "BACKUP" && StageStatus.Contains("Execute Successfully", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it went wrong: an error; a message of something that was not executed; an execution or a backup that failed.</summary>
    public bool IsFailed => ErrorLevel >= 2 || (!string.IsNullOrEmpty(ErrorMessage) && !IsExecuted)
        || StageStatus.Contains("failed", StringComparison.OrdinalIgnoreCase);

    /// <summary>The current row of a result; columns that it lacks are empty.</summary>
    public static GoInceptionRow Read(QueryResult result)
    {
        string Text(string name)
        {
            for (var i = 0; i < result.Columns.Count; i++)
            {
                if (result.Columns[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return result.GetText(i) ?? "";
            }
            return "";
        }

        return new GoInceptionRow(
            Number(Text("order_id")) is { } order ? (int)Math.Clamp(order, 0, int.MaxValue) : 0, Text("stage").ToUpperInvariant(),
            Text("error_level") is var level && Number(level) is { } number ? (int)Math.Clamp(number, 0, 2) : level.Length == 0 ? 0 : 2,
            Text("stage_status"), Text("error_message") is { Length: > 0 } message ? message : null, Text("sql"), Number(Text("affected_rows")))
        {
            More = [.. Passed.Select(name => (name, Text(name))).Where(more => more.Item2.Length > 0)],
        };
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
