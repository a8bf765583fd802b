using Outrider.Storage.Tasks;

namespace Outrider.Storage.Shared;

/// <summary>
/// This node's only writer of tasks, logs and fan-outs: what is waiting goes into one transaction and shares its commit. A change of a
/// record that isn't what it is known as fails alone.
/// </summary>
internal sealed class TaskWriter : IAsyncDisposable
{
    /// <summary>Rows of one statement and bytes of them: far below PostgreSQL's 65 535 parameters and MySQL's max_allowed_packet.</summary>
    private static readonly GroupLimits s_statement = new(Items: 250, Size: 2 << 20);

    private static readonly GroupLimits s_limits = new(Items: 256, Size: 2 << 20);

    private readonly SharedDatabase _database;
    private readonly TaskSql _sql;
    private readonly GroupWriter<TaskWrite> _writer;

    public TaskWriter(SharedDatabase database, TaskSql sql)
    {
        (_database, _sql) = (database, sql);
        _writer = new GroupWriter<TaskWrite>(database, s_limits, "task store", WriteAsync);
    }

    public Task WriteAsync(TaskWrite write, CancellationToken cancellation) => _writer.WriteAsync(write, cancellation);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteAsync(List<TaskWrite> group)
    {
        var refused = await _database.TransactAsync(session => WriteAsync(session, group), CancellationToken.None).ConfigureAwait(false);
        refused.ForEach(write => write.Fail(write.Change!.Conflict));
    }

    /// <summary>
    /// Rows in the order of their keys, so that nodes that write the same ones don't wait for each other in a circle. What is refused.
    /// </summary>
    private async Task<List<TaskWrite>> WriteAsync(SharedSession session, List<TaskWrite> group)
    {
        group.ForEach(write => write.Tries++);
        await AddAsync(session, _sql.Tasks, group.SelectMany(write => write.Tasks)).ConfigureAwait(false);
        var refused = new List<TaskWrite>();
        foreach (var table in new[] { _sql.Tasks, _sql.Fanouts })
        {
            var changes = group.Where(write => write.Change?.Table == table).ToList();
            if (changes.Count > 0)
                refused.AddRange(await ChangeAsync(session, table, changes).ConfigureAwait(false));
        }
        await LogAsync(session, group).ConfigureAwait(false);
        return refused;
    }

    private async Task AddAsync(SharedSession session, RecordTable table, IEnumerable<RecordRow> rows)
    {
        var sorted = rows.OrderBy(row => row.Tenant, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal);
        foreach (var some in Statements(sorted, TaskWrite.SizeOf))
        {
            await session.ExecuteAsync(
                _database.Dialect.Add(table.Name, RecordTable.Keys, table.Columns, some.Count),
                [.. some.SelectMany(row => row.Values)]).ConfigureAwait(false);
        }
    }

    private async Task<List<TaskWrite>> ChangeAsync(SharedSession session, RecordTable table, List<TaskWrite> writes)
    {
        var stored = await LockAsync(session, table, writes).ConfigureAwait(false);
        List<TaskWrite> refused = [], added = [];
        var replaced = new List<RecordChange>();
        foreach (var write in writes)
        {
            var change = write.Change!;
            var key = (change.Row.Tenant, change.Row.Id);
            long? revision = stored.TryGetValue(key, out var found) ? found : null;
            if (revision == change.Known)
            {
                stored[key] = change.Row.Revision;
                if (change.Known is null)
                    added.Add(write);
                else
                    replaced.Add(change);
            }
            else if (write.Tries == 1 || !await IsThereAsync(session, change).ConfigureAwait(false))
            {
                refused.Add(write);
            }
        }
        await AddAsync(session, table, added.Select(write => write.Change!.Row)).ConfigureAwait(false);
        foreach (var write in added)
        {
            // Another node may have added one of this id since it was looked for.
            if (!await IsThereAsync(session, write.Change!).ConfigureAwait(false))
                refused.Add(write);
        }
        foreach (var some in Statements(replaced, change => TaskWrite.SizeOf(change.Row)))
            await ReplaceAsync(session, table, some).ConfigureAwait(false);
        return refused;
    }

    /// <summary>The revisions of the stored records, which nobody else changes until this transaction ends.</summary>
    private static async Task<Dictionary<(string, string), long>> LockAsync(SharedSession session, RecordTable table, List<TaskWrite> writes)
    {
        var sql = new SqlText();
        var keys = writes.Select(write => (write.Change!.Row.Tenant, write.Change.Row.Id)).Distinct()
            .Select(key => $"(tenant = {sql.Value(key.Tenant)} AND id = {sql.Value(key.Id)})");
        sql.Add($"SELECT tenant, id, revision FROM {table.Name} WHERE {string.Join(" OR ", keys)} ORDER BY tenant, id FOR UPDATE");
        var rows = await sql.QueryAsync(session, row => (Key: (row.GetString(0), row.GetString(1)), Revision: row.GetInt64(2)))
            .ConfigureAwait(false);
        return rows.ToDictionary(row => row.Key, row => row.Revision);
    }

    /// <summary>Whether the stored record is the very one that this change wants.</summary>
    private async Task<bool> IsThereAsync(SharedSession session, RecordChange change)
    {
        var body = await session.QueryFirstAsync(
            _sql.Read(change.Table), row => row.GetFieldValue<byte[]>(0), change.Row.Tenant, change.Row.Id).ConfigureAwait(false);
        return body is not null && body.AsSpan().SequenceEqual(change.Row.Body);
    }

    private static Task<int> ReplaceAsync(SharedSession session, RecordTable table, List<RecordChange> changes)
    {
        var sql = new SqlText();
        foreach (var change in changes)
        {
            sql.Add($"UPDATE {table.Name} SET ")
                .AddAll(table.Columns.Zip(change.Row.Values.Skip(RecordTable.Keys.Count)), set => $"{set.First} = {sql.Value(set.Second)}")
                .Add($" WHERE tenant = {sql.Value(change.Row.Tenant)} AND id = {sql.Value(change.Row.Id)} ")
                .Add($"AND revision = {sql.Value(change.Known)}; ");
        }
        return sql.ExecuteAsync(session);
    }

    private async Task LogAsync(SharedSession session, List<TaskWrite> group)
    {
        // Of several of one key the last, as a statement may touch a row once.
        var log = new SortedDictionary<LogKey, ChunkRow?>();
        foreach (var (key, row) in group.SelectMany(write => write.Log))
            log[key] = row;
        foreach (var some in Statements(log.Values.OfType<ChunkRow>(), TaskWrite.SizeOf))
        {
            await session.ExecuteAsync(
                _database.Dialect.Upsert(_sql.Log, ChunkRow.Keys, ChunkRow.Columns, some.Count),
                [.. some.SelectMany(row => row.Values)]).ConfigureAwait(false);
        }
        var removed = new SqlText();
        foreach (var of in log.Where(entry => entry.Value is null).Select(entry => entry.Key).GroupBy(key => (key.Tenant, key.Task, key.Attempt)))
        {
            removed.Add($"DELETE FROM {_sql.Log} WHERE tenant = {removed.Value(of.Key.Tenant)} AND task = {removed.Value(of.Key.Task)} ")
                .Add($"AND attempt = {removed.Value(of.Key.Attempt)} AND number IN (")
                .AddAll(of, key => removed.Value((long)key.Number)).Add("); ");
        }
        await removed.ExecuteAsync(session).ConfigureAwait(false);
    }

    /// <summary>Rows in pieces of which each fits into one statement.</summary>
    private static IEnumerable<List<T>> Statements<T>(IEnumerable<T> rows, Func<T, int> size)
    {
        var (some, total) = (new List<T>(), 0);
        foreach (var row in rows)
        {
            if (some.Count == s_statement.Items || (some.Count > 0 && total + size(row) > s_statement.Size))
            {
                yield return some;
                (some, total) = ([], 0);
            }
            some.Add(row);
            total += size(row);
        }
        if (some.Count > 0)
            yield return some;
    }
}
