using System.Text.Json;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.State;

namespace Outrider.Storage.Shared;

/// <summary>The metric store's rows for all nodes of a cluster. Keys of chunks and of process snapshots are packed into one number.</summary>
public sealed class SharedMetricBackend : ISharedMetricBackend, IAsyncDisposable
{
    /// <summary>Rows, keys or agents of one statement, where there may be any number of them.</summary>
    private const int Page = 2_000;

    private static readonly string[] s_tablesByAgent = ["outrider_metric_journal", "outrider_metric_series", "outrider_metric_day"];

    private readonly SharedDatabase _database;
    private readonly SharedBatchWriter _writer;
    private readonly SharedMoves _moves;
    private readonly SharedLease _lease;

    public SharedMetricBackend(SharedDatabase database)
    {
        _database = database;
        _writer = new SharedBatchWriter(database);
        _moves = new SharedMoves(database.Dialect);
        _lease = new SharedLease(database);
    }

    /// <inheritdoc/>
    public bool Leads => _lease.IsHeld;

    /// <summary>Its tables; for a <see cref="SharedMigrator"/>.</summary>
    public static SchemaPart Schema(SqlDialect dialect) => SchemaPart.Read(typeof(SharedMetricBackend).Assembly, "metrics", dialect);

    public async ValueTask<long?> LeadAsync(CancellationToken cancellation) => await _lease.TakeAsync(cancellation).ConfigureAwait(false);

    public async ValueTask StopLeadingAsync(CancellationToken cancellation) => await _lease.ReleaseAsync(cancellation).ConfigureAwait(false);

    public async ValueTask<MetricChanges> ReadChangesAsync(long after, CancellationToken cancellation) =>
        await _database.RunAsync(async session =>
        {
            var through = await MetricRows.LastChangeAsync(session).ConfigureAwait(false);
            if (through <= after)
                return new MetricChanges(after, [], [], [], [], []);
            through = await session.QueryFirstAsync(
                $"SELECT changed FROM outrider_metric_series WHERE changed > {after} ORDER BY changed LIMIT 1 OFFSET {Page}",
                row => (long?)row.GetInt64(0)).ConfigureAwait(false) ?? through;
            // Whoever is removed while this reads has a higher number by then, and is told of in the next page.
            var page = $"changed > {after} AND changed <= {through}";
            // All tenants: one that was changed since has a number beyond the page that its agents are in.
            return new MetricChanges(
                through,
                await session.QueryAsync(
                    $"SELECT no FROM outrider_metric_tenant WHERE name IS NULL AND changed > {after}", row => row.GetInt32(0)).ConfigureAwait(false),
                await session.QueryAsync(
                    $"SELECT no FROM outrider_metric_agent WHERE name IS NULL AND {page}", row => row.GetInt32(0)).ConfigureAwait(false),
                await MetricRows.TenantsAsync(session, $"name IS NOT NULL AND changed > {after}").ConfigureAwait(false),
                await MetricRows.AgentsAsync(session, $"name IS NOT NULL AND {page}").ConfigureAwait(false),
                await MetricRows.SeriesAsync(session, page).ConfigureAwait(false));
        }, cancellation).ConfigureAwait(false);

    public async ValueTask<(AgentRow Row, List<SeriesRow> Series)?> ReadAgentAsync(int agent, int firstSeries, CancellationToken cancellation) =>
        await _database.RunAsync<(AgentRow, List<SeriesRow>)?>(async session =>
        {
            if (await MetricRows.AgentsAsync(session, $"no = {agent} AND name IS NOT NULL").ConfigureAwait(false) is not [var row])
                return null;
            // Series that come with a later version don't hurt.
            return (row, await MetricRows.SeriesAsync(session, $"agent = {agent} AND first >= {firstSeries}").ConfigureAwait(false));
        }, cancellation).ConfigureAwait(false);

    public async ValueTask<List<AgentHead>> ReadHeadsAsync(IReadOnlyCollection<int> agents, CancellationToken cancellation)
    {
        var heads = new List<AgentHead>();
        foreach (var some in agents.Chunk(Page))
        {
            // What leaves the journal meanwhile is in the days, which are read after it.
            heads.AddRange(await _database.RunAsync(async session =>
            {
                var rows = await session.QueryAsync(
                    $"""
                    SELECT no, version, folded, waiting_from FROM outrider_metric_agent WHERE no IN ({MetricRows.List(some)}) AND name IS NOT NULL
                    """,
                    row => new AgentHead(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), [])).ConfigureAwait(false);
                var days = await session.QueryAsync(
                    $"SELECT agent, day FROM outrider_metric_day WHERE agent IN ({MetricRows.List(some)})",
                    row => (Agent: row.GetInt32(0), Day: row.GetInt32(1))).ConfigureAwait(false);
                var byAgent = days.ToLookup(day => day.Agent, day => day.Day);
                return rows.ConvertAll(head => head with { Days = [.. byAgent[head.Agent]] });
            }, cancellation).ConfigureAwait(false));
        }
        return heads;
    }

    public async ValueTask<List<(int Agent, JournalEntry Entry)>> ReadJournalAsync(
        IReadOnlyCollection<(int Agent, long After)> agents, CancellationToken cancellation)
    {
        var entries = new List<(int, JournalEntry)>();
        foreach (var some in agents.Chunk(Page / 10))
        {
            var condition = string.Join(" OR ", some.Select(one => $"(agent = {one.Agent} AND no > {one.After})"));
            entries.AddRange(await _database.RunAsync(session => session.QueryAsync(
                $"SELECT agent, no, bytes FROM outrider_metric_journal WHERE {condition} ORDER BY agent, no",
                row => (row.GetInt32(0), new JournalEntry(row.GetInt64(1), row.GetFieldValue<byte[]>(2)))), cancellation).ConfigureAwait(false));
        }
        return entries;
    }

    public async ValueTask<List<JournalHead>> ReadJournalHeadsAsync(CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryAsync(
            """
            SELECT no, waiting, waiting_bytes, waiting_from, waiting_since FROM outrider_metric_agent WHERE waiting > 0 AND name IS NOT NULL
            """,
            row => new JournalHead(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<List<DayOfAgent>> ReadDaysAsync(CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryAsync(
            "SELECT day, agent FROM outrider_metric_day", row => new DayOfAgent(row.GetInt32(0), row.GetInt32(1))), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<List<ChunkKey>> ReadKeysAsync(ChunkLevel level, int beforeWindow, CancellationToken cancellation)
    {
        var keys = new List<ChunkKey>();
        var (first, end) = (PackedKey.Of(new ChunkKey(level, 0, 0, 0)), PackedKey.Of(new ChunkKey(level, beforeWindow, 0, 0)));
        // Page by page: MySQL keeps keys beside what they are keys of, so that there may be much to read.
        while (true)
        {
            var page = await _database.RunAsync(session => session.QueryAsync(
                $"SELECT id FROM outrider_metric_chunk WHERE id >= {first} AND id < {end} ORDER BY id LIMIT {Page}",
                row => row.GetInt64(0)), cancellation).ConfigureAwait(false);
            keys.AddRange(page.Select(PackedKey.Unpack));
            if (page.Count < Page)
                return keys;
            first = page[^1] + 1;
        }
    }

    public async ValueTask<(List<JournalEntry> Journal, List<StoredChunk> Chunks)> ReadAsync(
        int? journalOf, IReadOnlyList<ChunkRange> ranges, CancellationToken cancellation)
    {
        var (journal, chunks) = (new List<JournalEntry>(), new List<StoredChunk>());
        var parts = new List<string>();
        if (journalOf is { } agent)
            parts.Add($"SELECT 0, no, bytes FROM outrider_metric_journal WHERE agent = {agent}");
        if (ranges.Count > 0)
            parts.Add($"SELECT 1, id, bytes FROM outrider_metric_chunk WHERE {Condition(ranges)}");
        if (parts.Count == 0)
            return (journal, chunks);
        // One statement sees one moment. Sorted here, as MySQL would write all of it into a temporary table to sort it.
        var rows = await _database.RunAsync(session => session.QueryAsync(
            string.Join(" UNION ALL ", parts),
            row => (IsChunk: row.GetInt32(0) == 1, Id: row.GetInt64(1), Bytes: row.GetFieldValue<byte[]>(2))), cancellation).ConfigureAwait(false);
        foreach (var (isChunk, id, bytes) in rows.OrderBy(row => row.Id))
        {
            if (isChunk)
                chunks.Add(new StoredChunk(PackedKey.Unpack(id), bytes));
            else
                journal.Add(new JournalEntry(id, bytes));
        }
        return (journal, chunks);
    }

    public async ValueTask<ProcessesRow?> ReadProcessesAsync(int agent, int minute, CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryFirstAsync(
            $"""
            SELECT id, bytes FROM outrider_metric_processes
            WHERE id BETWEEN {PackedKey.OfProcesses(agent, 0)} AND {PackedKey.OfProcesses(agent, minute)} ORDER BY id DESC LIMIT 1
            """,
            row => (ProcessesRow?)new ProcessesRow(agent, PackedKey.MinuteOf(row.GetInt64(0)), row.GetFieldValue<byte[]>(1))), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<TenantRow> AddTenantAsync(string name, CancellationToken cancellation) =>
        await _database.RunAsync(session => FindTenantAsync(session, name), cancellation).ConfigureAwait(false)
        ?? await _database.TransactAsync(async session =>
        {
            // Whoever adds another one waits for the change number.
            var change = await MetricRows.NextChangeAsync(session).ConfigureAwait(false);
            if (await FindTenantAsync(session, name).ConfigureAwait(false) is { } known)
                return known;
            await session.ExecuteAsync(
                $"INSERT INTO outrider_metric_tenant (name, raw_from, minute_from, changed) VALUES (@p1, 0, 0, {change})", name)
                .ConfigureAwait(false);
            return (await FindTenantAsync(session, name).ConfigureAwait(false))!;
        }, cancellation).ConfigureAwait(false);

    public async ValueTask<AgentRow?> AddAgentAsync(int tenant, string name, CancellationToken cancellation) =>
        await _database.TransactAsync(async session =>
        {
            if (!await LockTenantAsync(session, tenant).ConfigureAwait(false))
                return null;
            if (await FindAgentAsync(session, tenant, name).ConfigureAwait(false) is { } known)
                return known;
            await session.ExecuteAsync(
                $"""
                INSERT INTO outrider_metric_agent (tenant, name, version, seen, folded, waiting, waiting_bytes, waiting_since, waiting_from, changed)
                VALUES ({tenant}, @p1, 0, @p2, 0, 0, 0, 0, {long.MaxValue}, 0)
                """, name, Array.Empty<byte>()).ConfigureAwait(false);
            var agent = (await FindAgentAsync(session, tenant, name).ConfigureAwait(false))!;
            if (agent.No >= PackedKey.MaxAgents)
                throw new StorageException($"The metric store has had {agent.No} agents, as many as it can. Start with a new database.");
            await ChangeAsync(session, "outrider_metric_agent", agent.No).ConfigureAwait(false);
            return agent;
        }, cancellation).ConfigureAwait(false);

    public async ValueTask<bool> AppendAsync(BatchWrite batch, CancellationToken cancellation) =>
        await _writer.WriteAsync(batch, cancellation).ConfigureAwait(false);

    public async ValueTask MoveAsync(MetricMove move, CancellationToken cancellation) =>
        await _lease.UseAsync(session => _moves.ApplyAsync(session, move), cancellation).ConfigureAwait(false);

    public async ValueTask SetPolicyAsync(int tenant, MetricPolicy policy, CancellationToken cancellation) =>
        await _database.TransactAsync(async session =>
        {
            await session.ExecuteAsync(
                $"UPDATE outrider_metric_tenant SET policy = @p1 WHERE no = {tenant}", JsonSerializer.Serialize(policy, StateJson.Options))
                .ConfigureAwait(false);
            return await ChangeAsync(session, "outrider_metric_tenant", tenant).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);

    public async ValueTask RemoveAgentAsync(int agent, CancellationToken cancellation) =>
        await _database.TransactAsync(async session =>
        {
            if ((await MetricRows.LockAgentsAsync(session, [agent]).ConfigureAwait(false)).Count == 0)
                return 0;
            foreach (var level in Enum.GetValues<ChunkLevel>())
                await RemoveChunksAsync(session, level, agent).ConfigureAwait(false);
            foreach (var table in s_tablesByAgent)
                await session.ExecuteAsync($"DELETE FROM {table} WHERE agent = {agent}").ConfigureAwait(false);
            (long, long) processes = (PackedKey.OfProcesses(agent, 0), PackedKey.OfProcesses(agent, int.MaxValue));
            await SharedMoves.RemoveAsync(session, "outrider_metric_processes", [processes]).ConfigureAwait(false);
            await session.ExecuteAsync(
                $"UPDATE outrider_metric_agent SET name = NULL, seen = @p1, waiting = 0 WHERE no = {agent}", Array.Empty<byte>())
                .ConfigureAwait(false);
            return await ChangeAsync(session, "outrider_metric_agent", agent).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);

    public async ValueTask<bool> RemoveTenantAsync(int tenant, CancellationToken cancellation) =>
        await _database.TransactAsync(async session =>
        {
            if (!await LockTenantAsync(session, tenant).ConfigureAwait(false))
                return true;
            if (await session.QueryFirstAsync(
                $"SELECT no FROM outrider_metric_agent WHERE tenant = {tenant} AND name IS NOT NULL LIMIT 1", row => (int?)row.GetInt32(0))
                .ConfigureAwait(false) is not null)
            {
                return false;
            }
            await session.ExecuteAsync($"UPDATE outrider_metric_tenant SET name = NULL, policy = NULL WHERE no = {tenant}").ConfigureAwait(false);
            await ChangeAsync(session, "outrider_metric_tenant", tenant).ConfigureAwait(false);
            return true;
        }, cancellation).ConfigureAwait(false);

    /// <summary>Writes what is queued.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static string Condition(IReadOnlyList<ChunkRange> ranges)
    {
        var conditions = ranges.Where(range => !PackedKey.IsOne(range))
            .Select(range => $"id BETWEEN {PackedKey.First(range)} AND {PackedKey.Last(range)}").ToList();
        if (ranges.Any(PackedKey.IsOne))
            conditions.Add($"id IN ({MetricRows.List(ranges.Where(PackedKey.IsOne).Select(PackedKey.First))})");
        return string.Join(" OR ", conditions);
    }

    /// <summary>From window to window, without reading what lies between.</summary>
    private static async Task RemoveChunksAsync(SharedSession session, ChunkLevel level, int agent)
    {
        for (var window = 0; window < 1 << PackedKey.WindowBits; window++)
        {
            var next = await session.QueryFirstAsync(
                $"SELECT id FROM outrider_metric_chunk WHERE id >= {PackedKey.Of(new ChunkKey(level, window, 0, 0))} ORDER BY id LIMIT 1",
                row => (long?)row.GetInt64(0)).ConfigureAwait(false);
            if (next is not { } id || PackedKey.Unpack(id).Level != level)
                return;
            window = PackedKey.Unpack(id).Window;
            var range = ChunkRange.All(level, window, agent);
            await SharedMoves.RemoveAsync(session, "outrider_metric_chunk", [(PackedKey.First(range), PackedKey.Last(range))]).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a row that this transaction has changed the next change number.</summary>
    private static async Task<int> ChangeAsync(SharedSession session, string table, int no)
    {
        var change = await MetricRows.NextChangeAsync(session).ConfigureAwait(false);
        return await session.ExecuteAsync($"UPDATE {table} SET changed = {change} WHERE no = {no}").ConfigureAwait(false);
    }

    private static async Task<TenantRow?> FindTenantAsync(SharedSession session, string name) =>
        await MetricRows.TenantsAsync(session, "name = @p1", name).ConfigureAwait(false) is [var found] ? found : null;

    private static async Task<AgentRow?> FindAgentAsync(SharedSession session, int tenant, string name) =>
        await MetricRows.AgentsAsync(session, $"tenant = {tenant} AND name = @p1", name).ConfigureAwait(false) is [var found] ? found : null;

    /// <summary>Keeps others from adding agents to the tenant and from removing it. False: it is gone.</summary>
    private static async Task<bool> LockTenantAsync(SharedSession session, int tenant) =>
        (await session.QueryAsync(
            $"SELECT no FROM outrider_metric_tenant WHERE no = {tenant} AND name IS NOT NULL FOR UPDATE", row => row.GetInt32(0))
            .ConfigureAwait(false)).Count > 0;
}
