using System.Data.Common;
using Outrider.Grains.Tasks;

namespace Outrider.Storage.Tasks;

/// <summary>What is asked of the tables of tasks, their logs and fan-outs, in SQL that all databases take alike.</summary>
/// <param name="prefix">How the tables' names begin.</param>
/// <param name="mark">What stands before a parameter's number.</param>
internal sealed class TaskSql(string prefix, string mark) : TableSql(mark)
{
    public RecordTable Tasks { get; } = new($"{prefix}task", "task", RecordRow.TaskColumns);

    public RecordTable Fanouts { get; } = new($"{prefix}fanout", "fan-out", RecordRow.FanoutColumns);

    /// <summary>The table of logs.</summary>
    public string Log { get; } = $"{prefix}task_log";

    /// <summary>Ids of a tenant's and an agent's tasks that aren't over, after an id, up to a limit.</summary>
    public string ListOpen =>
        $"SELECT id FROM {Tasks.Name} WHERE tenant = {Mark}1 AND agent = {Mark}2 AND waiting = 1 AND id > {Mark}3 ORDER BY id LIMIT {Mark}4";

    /// <summary>Statuses of the tasks of a tenant's fan-out, and how many have each.</summary>
    public string Count => $"SELECT status, COUNT(*) FROM {Tasks.Name} WHERE tenant = {Mark}1 AND fanout = {Mark}2 GROUP BY status";

    /// <summary>What is due at a time, up to a limit: rows of <see cref="ReadDue"/>.</summary>
    public string ListDue =>
        $"""
        SELECT tenant, id, fanout, due FROM ({Due(Tasks, 0)}) tasks
        UNION ALL SELECT tenant, id, fanout, due FROM ({Due(Fanouts, 1)}) fanouts
        ORDER BY due, tenant, id LIMIT {Mark}2
        """;

    /// <summary>Of a tenant and a task, after an attempt and a number, up to a limit: rows of <see cref="ChunkRow.Read"/>.</summary>
    public string ReadLog =>
        $"""
        SELECT attempt, number, stream, at, start, bytes FROM {Log}
        WHERE tenant = {Mark}1 AND task = {Mark}2 AND attempt >= {Mark}3 AND (attempt > {Mark}3 OR number > {Mark}4)
        ORDER BY attempt, number LIMIT {Mark}5
        """;

    /// <summary>Of a tenant, a task and an attempt: rows of <see cref="ChunkRow.ReadEntry"/>.</summary>
    public string ReadLogEntries =>
        $"""
        SELECT number, stream, start, LENGTH(bytes) FROM {Log}
        WHERE tenant = {Mark}1 AND task = {Mark}2 AND attempt = {Mark}3 ORDER BY number
        """;

    /// <summary>Removes a record, of a tenant and an id.</summary>
    public string Delete(RecordTable table) => $"DELETE FROM {table.Name} WHERE tenant = {Mark}1 AND id = {Mark}2";

    /// <summary>Removes a log, of a tenant and a task.</summary>
    public string DeleteLog => $"DELETE FROM {Log} WHERE tenant = {Mark}1 AND task = {Mark}2";

    /// <summary>Removes all logs of a tenant.</summary>
    public string DeleteLogs => $"DELETE FROM {Log} WHERE tenant = {Mark}1";

    /// <summary>A record, of a tenant and an id.</summary>
    public string Read(RecordTable table) => $"SELECT body FROM {table.Name} WHERE tenant = {Mark}1 AND id = {Mark}2";

    /// <summary>Ids of records that were over before a time, the oldest first, up to a limit: rows of <see cref="ReadKey"/>.</summary>
    public string ListEnded(RecordTable table) =>
        $"SELECT tenant, id FROM {table.Name} WHERE ended < {Mark}1 ORDER BY ended LIMIT {Mark}2";

    /// <summary>Ids of a tenant's records, up to a limit: rows of <see cref="ReadKey"/>.</summary>
    public string ListAll(RecordTable table) => $"SELECT tenant, id FROM {table.Name} WHERE tenant = {Mark}1 ORDER BY id LIMIT {Mark}2";

    /// <summary>A query for tasks, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) ListTasks(string tenant, TaskQuery query, TaskCursor? after, int limit)
    {
        var (page, values) = PageOf(tenant, "created", (query.From, query.To), after is null ? null : (after.CreatedAt, after.Id));
        var wanted = If("agent", query.Agent, values) + If("type", query.Type, values) + If("status", query.Status, values)
            + If("creator", query.CreatedBy, values) + If("fanout", query.Fanout, values);
        // Stands in the text, for the index of these alone.
        var approval = query.AwaitingApproval ? " AND approval = 1" : "";
        return (Page(Tasks, page + wanted + approval, limit, values), [.. values]);
    }

    /// <summary>A query for fan-outs, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) ListFanouts(string tenant, string? status, TaskCursor? after, int limit)
    {
        var (page, values) = PageOf(tenant, "created", (null, null), after is null ? null : (after.CreatedAt, after.Id));
        return (Page(Fanouts, page + If("status", status, values), limit, values), [.. values]);
    }

    public static DueTask ReadDue(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt32(2) == 1);

    public static (string Tenant, string Id) ReadKey(DbDataReader row) => (row.GetString(0), row.GetString(1));

    private string Page(RecordTable table, string which, int limit, List<object?> values) =>
        $"SELECT body FROM {table.Name} WHERE {which} ORDER BY created DESC, id LIMIT {Value(limit, values)}";

    private string Due(RecordTable table, int isFanout) =>
        $"SELECT tenant, id, {isFanout} AS fanout, due FROM {table.Name} WHERE due <= {Mark}1 ORDER BY due, tenant, id LIMIT {Mark}2";
}
