using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;
using Outrider.Storage.Tasks;

namespace Outrider.Storage.Shared;

/// <summary>
/// Tasks, their logs and fan-outs, for all nodes of a cluster. Times are in ticks (100 ns) since year 1, UTC; those of a log in
/// milliseconds since 1970.
/// </summary>
public sealed class SharedTaskStore : ITaskStore, IAsyncDisposable
{
    /// <summary>Tasks with their logs, or fan-outs, that are removed in one transaction.</summary>
    private const int Page = 100;

    private static readonly TaskSql s_sql = new("outrider_", "@p");

    private readonly SharedDatabase _database;
    private readonly TaskWriter _writer;

    public SharedTaskStore(SharedDatabase database)
    {
        _database = database;
        _writer = new TaskWriter(database, s_sql);
    }

    /// <summary>Its tables; for a <see cref="SharedMigrator"/>.</summary>
    public static SchemaPart Schema(SqlDialect dialect) => SchemaPart.Read(typeof(SharedTaskStore).Assembly, "tasks", dialect);

    /// <inheritdoc/>
    /// <exception cref="StorageException">
    /// The database is away or slow; comes twice <see cref="SharedDatabase.Limit"/> after the call, or sooner. It may be there all the same.
    /// </exception>
    public async ValueTask AddAsync(string tenant, IReadOnlyList<TaskRecord> tasks, CancellationToken cancellation)
    {
        if (tasks.Count > 0)
            await _writer.WriteAsync(Write([.. tasks.Select(task => RecordRow.Of(tenant, task))]), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="StorageException">As <see cref="AddAsync"/>.</exception>
    public ValueTask SaveAsync(string tenant, TaskRecord task, long known, CancellationToken cancellation) =>
        ChangeAsync(new RecordChange(s_sql.Tasks, RecordRow.Of(tenant, task), known), cancellation);

    public async ValueTask<TaskRecord?> ReadAsync(string tenant, string id, CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryFirstAsync(s_sql.Read(s_sql.Tasks), RecordRow.ReadTask, tenant, id), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<TaskRecord>> ListAsync(
        string tenant, TaskQuery query, TaskCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListTasks(tenant, query, after, limit);
        return await _database.RunAsync(session => session.QueryAsync(sql, RecordRow.ReadTask, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<string>> ListOpenAsync(
        string tenant, string agent, string? after, int limit, CancellationToken cancellation) =>
        await _database.RunAsync(
            session => session.QueryAsync(s_sql.ListOpen, row => row.GetString(0), tenant, agent, after ?? "", limit), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(string tenant, string fanout, CancellationToken cancellation) =>
        (await _database.RunAsync(
            session => session.QueryAsync(s_sql.Count, row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)), tenant, fanout),
            cancellation).ConfigureAwait(false)).ToDictionary();

    public async ValueTask<IReadOnlyList<DueTask>> ListDueAsync(DateTimeOffset at, int limit, CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryAsync(s_sql.ListDue, TaskSql.ReadDue, at.UtcTicks, limit), cancellation)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="StorageException">As <see cref="AddAsync"/>.</exception>
    public async ValueTask SaveLogAsync(
        string tenant, string task, int attempt, IReadOnlyList<LogChunk> add, IReadOnlyList<uint> remove, CancellationToken cancellation)
    {
        var added = add.Select(chunk => ChunkRow.Of(tenant, task, attempt, chunk)).Select(row => KeyValuePair.Create(row.Key, (ChunkRow?)row));
        var removed = remove.Select(number => KeyValuePair.Create(new LogKey(tenant, task, attempt, number), (ChunkRow?)null));
        if (add.Count + remove.Count > 0)
            await _writer.WriteAsync(Write(log: [.. added, .. removed]), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredChunk>> ReadLogAsync(
        string tenant, string task, LogPosition? after, int limit, CancellationToken cancellation) =>
        await _database.RunAsync(
            session => session.QueryAsync(s_sql.ReadLog, ChunkRow.Read, tenant, task, after?.Attempt ?? -1, (long)(after?.Number ?? 0), limit),
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ChunkEntry>> ReadLogEntriesAsync(
        string tenant, string task, int attempt, CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryAsync(s_sql.ReadLogEntries, ChunkRow.ReadEntry, tenant, task, attempt), cancellation)
            .ConfigureAwait(false);

    public async ValueTask DeleteAsync(string tenant, string id, CancellationToken cancellation) =>
        await _database.TransactAsync(session => DeleteAsync(session, s_sql.Tasks, [(tenant, id)]), cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="StorageException">As <see cref="AddAsync"/>.</exception>
    public ValueTask SaveFanoutAsync(string tenant, FanoutRecord fanout, long? known, CancellationToken cancellation) =>
        ChangeAsync(new RecordChange(s_sql.Fanouts, RecordRow.Of(tenant, fanout), known), cancellation);

    public async ValueTask<FanoutRecord?> ReadFanoutAsync(string tenant, string id, CancellationToken cancellation) =>
        await _database.RunAsync(
            session => session.QueryFirstAsync(s_sql.Read(s_sql.Fanouts), RecordRow.ReadFanout, tenant, id), cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<FanoutRecord>> ListFanoutsAsync(
        string tenant, string? status, TaskCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListFanouts(tenant, status, after, limit);
        return await _database.RunAsync(session => session.QueryAsync(sql, RecordRow.ReadFanout, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        await DeleteAsync(s_sql.Tasks, s_sql.ListEnded, before.UtcTicks, limit, cancellation).ConfigureAwait(false)
        + await DeleteAsync(s_sql.Fanouts, s_sql.ListEnded, before.UtcTicks, limit, cancellation).ConfigureAwait(false);

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        foreach (var table in new[] { s_sql.Tasks, s_sql.Fanouts })
            await DeleteAsync(table, s_sql.ListAll, tenant, int.MaxValue, cancellation).ConfigureAwait(false);
        await _database.RunAsync(session => session.ExecuteAsync(s_sql.DeleteLogs, tenant), cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes what is queued.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private TaskWrite Write(
        IReadOnlyList<RecordRow>? tasks = null, RecordChange? change = null, IReadOnlyList<KeyValuePair<LogKey, ChunkRow?>>? log = null) =>
        new(_database.Time.GetTimestamp()) { Tasks = tasks ?? [], Change = change, Log = log ?? [] };

    private async ValueTask ChangeAsync(RecordChange change, CancellationToken cancellation) =>
        await _writer.WriteAsync(Write(change: change), cancellation).ConfigureAwait(false);

    private static Task<int> DeleteAsync(SharedSession session, RecordTable table, List<(string Tenant, string Id)> keys)
    {
        var sql = new SqlText();
        foreach (var key in keys)
        {
            var (tenant, id) = (sql.Value(key.Tenant), sql.Value(key.Id));
            sql.Add($"DELETE FROM {table.Name} WHERE tenant = {tenant} AND id = {id}; ");
            if (table == s_sql.Tasks)
                sql.Add($"DELETE FROM {s_sql.Log} WHERE tenant = {tenant} AND task = {id}; ");
        }
        return sql.ExecuteAsync(session);
    }

    /// <summary>Deletes what a list finds, page by page.</summary>
    private async Task<int> DeleteAsync(
        RecordTable table, Func<RecordTable, string> list, object which, int limit, CancellationToken cancellation)
    {
        for (var (deleted, sql) = (0, $"{list(table)} FOR UPDATE"); ;)
        {
            var page = Math.Min(Page, limit - deleted);
            var found = await _database.TransactAsync(async session =>
            {
                var keys = await session.QueryAsync(sql, TaskSql.ReadKey, which, page).ConfigureAwait(false);
                await DeleteAsync(session, table, keys).ConfigureAwait(false);
                return keys.Count;
            }, cancellation).ConfigureAwait(false);
            deleted += found;
            if (found < page || deleted == limit)
                return deleted;
        }
    }
}
