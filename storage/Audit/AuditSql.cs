using System.Data.Common;
using System.Globalization;
using Outrider.Grains.Audit;

namespace Outrider.Storage.Audit;

/// <summary>What is asked of the table of audit entries, in SQL that all databases take alike. Times are in ticks (100 ns) since year 1, UTC.</summary>
/// <param name="table">The table's name.</param>
/// <param name="mark">What stands before a parameter's number.</param>
internal sealed class AuditSql(string table, string mark) : TableSql(mark)
{
    private const string Columns = "at, actor, action, target, outcome, detail, task, ip, ms";

    /// <summary>Of a time.</summary>
    public Removal Old => Remove(table, "at", $"at < {Mark}1");

    /// <summary>A query for entries, and the values of its parameters: rows of <see cref="Read"/>.</summary>
    public (string Sql, object?[] Values) List(string tenant, AuditQuery query, DateTimeOffset? after, int limit)
    {
        var end = Math.Min(after?.UtcTicks ?? long.MaxValue, query.To?.UtcTicks ?? long.MaxValue);
        List<object?> values = [tenant, query.From?.UtcTicks ?? 0, end];
        var wanted = If("actor", query.Actor, values) + IfAction(query.Action, values) + If("target", query.Target, values)
            + If("outcome", query.Outcome, values) + If("task", query.Task, values);
        return ($"""
            SELECT {Columns} FROM {table} WHERE tenant = {Mark}1 AND at >= {Mark}2 AND at < {Mark}3{wanted}
            ORDER BY at DESC LIMIT {Value(limit, values)}
            """, [.. values]);
    }

    public static AuditEntry Read(string tenant, DbDataReader row) => new()
    {
        Tenant = tenant,
        At = new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
        Actor = row.GetString(1),
        Action = row.GetString(2),
        Target = row.GetString(3),
        Outcome = row.GetString(4),
        Detail = Text(row, 5),
        Task = Text(row, 6),
        Ip = Text(row, 7),
        Ms = row.IsDBNull(8) ? null : row.GetInt64(8),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A pattern's beginning is compared by itself: LIKE means something else in each database.</summary>
    private string IfAction(string? action, List<object?> values)
    {
        if (action?.EndsWith('*') is not true)
            return If("action", action, values);
        var length = action[..^1].EnumerateRunes().Count();
        return If(string.Create(CultureInfo.InvariantCulture, $"SUBSTR(action, 1, {length})"), action[..^1], values);
    }
}
