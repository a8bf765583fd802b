using System.Globalization;

namespace Outrider.Storage;

/// <summary>Pieces of SQL that all databases take alike.</summary>
/// <param name="mark">What stands before a parameter's number.</param>
internal abstract class TableSql(string mark)
{
    /// <summary>Rows that are removed at once, unless more have the same time.</summary>
    private const int Page = 1_000;

    protected string Mark => mark;

    /// <summary>
    /// Rows of a tenant by time, the newest first, then by id: the condition, with parameters 1 to 5, and their values. What orders them
    /// is <c>{time} DESC, id</c>.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="time">The column.</param>
    /// <param name="span">From (null: from the first) to before (null: the last).</param>
    /// <param name="after">The time and id of the row that the page before ended with; null: from the newest.</param>
    protected (string Where, List<object?> Values) PageOf(
        string tenant, string time, (DateTimeOffset? From, DateTimeOffset? To) span, (DateTimeOffset At, string Id)? after)
    {
        var end = after?.At.UtcTicks ?? long.MaxValue;
        var last = span.To is { } to ? Math.Min(end, to.UtcTicks - 1) : end;
        return (
            $"tenant = {Mark}1 AND {time} >= {Mark}2 AND {time} <= {Mark}3 AND ({time} < {Mark}4 OR id > {Mark}5)",
            [tenant, span.From?.UtcTicks ?? 0, last, end, after?.Id ?? ""]);
    }

    /// <summary>The parameter for a value that is added to these.</summary>
    protected string Value(object? value, List<object?> values)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"{Mark}{values.Count}");
    }

    /// <summary>One more condition, unless the value is null.</summary>
    protected string If(string column, string? value, List<object?> values) =>
        value is null ? "" : $" AND {column} = {Value(value, values)}";

    protected Removal Remove(string table, string time, string which) => new(
        string.Create(CultureInfo.InvariantCulture, $"SELECT {time} FROM {table} WHERE {which} ORDER BY {time} LIMIT 1 OFFSET {Page - 1}"),
        $"DELETE FROM {table} WHERE {which} AND {time} <= {Mark}2");
}
