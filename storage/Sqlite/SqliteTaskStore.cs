using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;
using Outrider.Storage.Tasks;

namespace Outrider.Storage.Sqlite;

/// <summary>Tasks, their logs and fan-outs. Times are in ticks (100 ns) since year 1, UTC; those of a log in milliseconds since 1970.</summary>
public sealed class SqliteTaskStore(SqliteDatabase database) : ITaskStore
{
    /// <summary>Tasks with their logs, or fan-outs, that are removed in one write, so that others get their turn between.</summary>
    private const int Page = 100;

    private static readonly TaskSql s_sql = new("", "@");

    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("tasks",
    [
        """
        CREATE TABLE task (
          tenant TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, agent TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
          creator TEXT NOT NULL, fanout TEXT, created INTEGER NOT NULL, waiting INTEGER NOT NULL, approval INTEGER NOT NULL,
          due INTEGER, ended INTEGER, body BLOB NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT;
        CREATE INDEX task_by_time ON task (tenant, created DESC, id);
        CREATE INDEX task_by_agent ON task (tenant, agent, created DESC, id);
        CREATE INDEX task_by_type ON task (tenant, type, created DESC, id);
        CREATE INDEX task_by_status ON task (tenant, status, created DESC, id);
        CREATE INDEX task_by_creator ON task (tenant, creator, created DESC, id);
        CREATE INDEX task_by_fanout ON task (tenant, fanout, status, created DESC, id) WHERE fanout IS NOT NULL;
        CREATE INDEX task_waiting ON task (tenant, agent, id) WHERE waiting = 1;
        CREATE INDEX task_approval ON task (tenant, created DESC, id) WHERE approval = 1;
        CREATE INDEX task_due ON task (due, tenant, id) WHERE due IS NOT NULL;
        CREATE INDEX task_ended ON task (ended) WHERE ended IS NOT NULL;
        CREATE TABLE task_log (
          tenant TEXT NOT NULL, task TEXT NOT NULL, attempt INTEGER NOT NULL, number INTEGER NOT NULL, stream INTEGER NOT NULL,
          at INTEGER NOT NULL, start INTEGER NOT NULL, bytes BLOB NOT NULL,
          PRIMARY KEY (tenant, task, attempt, number)
        ) STRICT;
        CREATE TABLE fanout (
          tenant TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, status TEXT NOT NULL, created INTEGER NOT NULL,
          due INTEGER, ended INTEGER, body BLOB NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT;
        CREATE INDEX fanout_by_time ON fanout (tenant, created DESC, id);
        CREATE INDEX fanout_by_status ON fanout (tenant, status, created DESC, id);
        CREATE INDEX fanout_due ON fanout (due, tenant, id) WHERE due IS NOT NULL;
        CREATE INDEX fanout_ended ON fanout (ended) WHERE ended IS NOT NULL
        """,
    ]);

    public async ValueTask AddAsync(string tenant, IReadOnlyList<TaskRecord> tasks, CancellationToken cancellation)
    {
        var rows = tasks.Select(task => RecordRow.Of(tenant, task)).ToList();
        if (rows.Count > 0)
            await database.WriteAsync(session => rows.Sum(row => SqliteRecords.Add(session, s_sql.Tasks, row)), cancellation).ConfigureAwait(false);
    }

    public ValueTask SaveAsync(string tenant, TaskRecord task, long known, CancellationToken cancellation) =>
        ChangeAsync(new RecordChange(s_sql.Tasks, RecordRow.Of(tenant, task), known), cancellation);

    public async ValueTask<TaskRecord?> ReadAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.Read(s_sql.Tasks), RecordRow.ReadTask, tenant, id), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<TaskRecord>> ListAsync(
        string tenant, TaskQuery query, TaskCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListTasks(tenant, query, after, limit);
        return await database.ReadAsync(session => session.Query(sql, RecordRow.ReadTask, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<string>> ListOpenAsync(
        string tenant, string agent, string? after, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.Query(s_sql.ListOpen, row => row.GetString(0), tenant, agent, after ?? "", limit), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(string tenant, string fanout, CancellationToken cancellation) =>
        (await database.ReadAsync(
            session => session.Query(s_sql.Count, row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)), tenant, fanout), cancellation)
            .ConfigureAwait(false)).ToDictionary();

    public async ValueTask<IReadOnlyList<DueTask>> ListDueAsync(DateTimeOffset at, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(s_sql.ListDue, TaskSql.ReadDue, at.UtcTicks, limit), cancellation)
            .ConfigureAwait(false);

    public async ValueTask SaveLogAsync(
        string tenant, string task, int attempt, IReadOnlyList<LogChunk> add, IReadOnlyList<uint> remove, CancellationToken cancellation)
    {
        if (add.Count + remove.Count > 0)
            await database.WriteAsync(session => SaveLog(session, tenant, task, attempt, add, remove), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredChunk>> ReadLogAsync(
        string tenant, string task, LogPosition? after, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.Query(s_sql.ReadLog, ChunkRow.Read, tenant, task, after?.Attempt ?? -1, (long)(after?.Number ?? 0), limit),
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ChunkEntry>> ReadLogEntriesAsync(
        string tenant, string task, int attempt, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(s_sql.ReadLogEntries, ChunkRow.ReadEntry, tenant, task, attempt), cancellation)
            .ConfigureAwait(false);

    public async ValueTask DeleteAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.WriteAsync(session => Delete(session, s_sql.Tasks, (tenant, id)), cancellation).ConfigureAwait(false);

    public ValueTask SaveFanoutAsync(string tenant, FanoutRecord fanout, long? known, CancellationToken cancellation) =>
        ChangeAsync(new RecordChange(s_sql.Fanouts, RecordRow.Of(tenant, fanout), known), cancellation);

    public async ValueTask<FanoutRecord?> ReadFanoutAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.Read(s_sql.Fanouts), RecordRow.ReadFanout, tenant, id), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<FanoutRecord>> ListFanoutsAsync(
        string tenant, string? status, TaskCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListFanouts(tenant, status, after, limit);
        return await database.ReadAsync(session => session.Query(sql, RecordRow.ReadFanout, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        await DeleteAsync(s_sql.Tasks, s_sql.ListEnded, before.UtcTicks, limit, cancellation).ConfigureAwait(false)
        + await DeleteAsync(s_sql.Fanouts, s_sql.ListEnded, before.UtcTicks, limit, cancellation).ConfigureAwait(false);

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        foreach (var table in new[] { s_sql.Tasks, s_sql.Fanouts })
            await DeleteAsync(table, s_sql.ListAll, tenant, int.MaxValue, cancellation).ConfigureAwait(false);
        await database.WriteAsync(session => session.Execute(s_sql.DeleteLogs, tenant), cancellation).ConfigureAwait(false);
    }

    private async ValueTask ChangeAsync(RecordChange change, CancellationToken cancellation) =>
        await database.WriteAsync(session => SqliteRecords.Change(session, change), cancellation).ConfigureAwait(false);

    private static int SaveLog(
        SqliteSession session, string tenant, string task, int attempt, IReadOnlyList<LogChunk> add, IReadOnlyList<uint> remove)
    {
        foreach (var chunk in add)
        {
            session.Execute(
                """
                INSERT INTO task_log (tenant, task, attempt, number, stream, at, start, bytes) VALUES (@1, @2, @3, @4, @5, @6, @7, @8)
                ON CONFLICT (tenant, task, attempt, number) DO UPDATE SET
                  stream = excluded.stream, at = excluded.at, start = excluded.start, bytes = excluded.bytes
                """,
                ChunkRow.Of(tenant, task, attempt, chunk).Values);
        }
        foreach (var number in remove)
        {
            session.Execute(
                "DELETE FROM task_log WHERE tenant = @1 AND task = @2 AND attempt = @3 AND number = @4", tenant, task, attempt, (long)number);
        }
        return add.Count + remove.Count;
    }

    private static int Delete(SqliteSession session, RecordTable table, (string Tenant, string Id) key)
    {
        if (table == s_sql.Tasks)
            session.Execute(s_sql.DeleteLog, key.Tenant, key.Id);
        return session.Execute(s_sql.Delete(table), key.Tenant, key.Id);
    }

    /// <summary>Deletes what a list finds, page by page.</summary>
    private async Task<int> DeleteAsync(
        RecordTable table, Func<RecordTable, string> list, object which, int limit, CancellationToken cancellation)
    {
        for (var (deleted, sql) = (0, list(table)); ;)
        {
            var page = Math.Min(Page, limit - deleted);
            var found = await database.WriteAsync(session =>
            {
                var keys = session.Query(sql, TaskSql.ReadKey, which, page);
                keys.ForEach(key => Delete(session, table, key));
                return keys.Count;
            }, cancellation).ConfigureAwait(false);
            deleted += found;
            if (found < page || deleted == limit)
                return deleted;
        }
    }
}
