using System.Text.Json;
using Microsoft.Data.Sqlite;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.State;

namespace Outrider.Storage.Sqlite;

/// <summary>The metric store's rows in a SQLite file of their own, for one process.</summary>
public sealed class SqliteMetricBackend(SqliteDatabase database) : IMetricBackend
{
    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("metrics",
    [
        """
        CREATE TABLE metric_tenant (
          no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, policy TEXT, raw_from INTEGER NOT NULL, minute_from INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE metric_agent (
          no INTEGER PRIMARY KEY AUTOINCREMENT, tenant INTEGER NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, seen BLOB NOT NULL,
          UNIQUE (tenant, name)
        ) STRICT;
        CREATE TABLE metric_series (
          agent INTEGER NOT NULL, first INTEGER NOT NULL, series BLOB NOT NULL, PRIMARY KEY (agent, first)
        ) STRICT;
        CREATE TABLE metric_journal (id INTEGER PRIMARY KEY, agent INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE INDEX metric_journal_by_agent ON metric_journal (agent);
        CREATE TABLE metric_chunk (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE metric_day (day INTEGER NOT NULL, agent INTEGER NOT NULL, PRIMARY KEY (day, agent)) STRICT, WITHOUT ROWID;
        CREATE TABLE metric_processes (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT
        """,
    ]);

    // A page is a tenant.
    public async ValueTask<MetricChanges> ReadChangesAsync(long after, CancellationToken cancellation) =>
        await database.ReadAsync(
            session =>
            {
                var tenants = session.Query(
                    "SELECT no, name, policy, raw_from, minute_from FROM metric_tenant WHERE no > @1 ORDER BY no LIMIT 1", Tenant, after);
                if (tenants is not [{ No: var no }])
                    return new MetricChanges(after, [], [], [], [], []);
                return new MetricChanges(
                    no, [], [], tenants,
                    session.Query("SELECT no, tenant, name, version, seen FROM metric_agent WHERE tenant = @1", Agent, (long)no),
                    session.Query(
                        """
                        SELECT s.agent, s.first, s.series FROM metric_series s JOIN metric_agent a ON a.no = s.agent
                        WHERE a.tenant = @1 ORDER BY s.agent, s.first
                        """,
                        row => new SeriesRow(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2)), (long)no));
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<List<JournalHead>> ReadJournalHeadsAsync(CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            "SELECT agent, COUNT(*), SUM(LENGTH(bytes)) FROM metric_journal GROUP BY agent",
            row => new JournalHead(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2))), cancellation).ConfigureAwait(false);

    public async ValueTask<List<DayOfAgent>> ReadDaysAsync(CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            "SELECT day, agent FROM metric_day ORDER BY day, agent", row => new DayOfAgent(row.GetInt32(0), row.GetInt32(1))), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<List<ChunkKey>> ReadKeysAsync(ChunkLevel level, int beforeWindow, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            "SELECT key FROM metric_chunk WHERE key >= @1 AND key < @2 ORDER BY key",
            row => PackedKey.Unpack(row.GetInt64(0)),
            PackedKey.Of(new ChunkKey(level, 0, 0, 0)), PackedKey.Of(new ChunkKey(level, beforeWindow, 0, 0))), cancellation).ConfigureAwait(false);

    public async ValueTask<(List<JournalEntry> Journal, List<StoredChunk> Chunks)> ReadAsync(
        int? journalOf, IReadOnlyList<ChunkRange> ranges, CancellationToken cancellation) =>
        await database.ReadAsync(
            session =>
            {
                // What is moved goes from here to there, in one transaction: reading in that order misses nothing.
                var journal = journalOf is { } agent
                    ? session.Query(
                        "SELECT id, bytes FROM metric_journal WHERE agent = @1 ORDER BY id",
                        row => new JournalEntry(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), (long)agent)
                    : [];
                var chunks = new List<StoredChunk>();
                foreach (var range in ranges.Where(range => !PackedKey.IsOne(range)).OrderBy(range => range.Level))
                {
                    chunks.AddRange(session.Query(
                        "SELECT key, bytes FROM metric_chunk WHERE key BETWEEN @1 AND @2 ORDER BY key",
                        Chunk, PackedKey.First(range), PackedKey.Last(range)));
                }
                // Single chunks, of many windows mostly, in one statement.
                if (ranges.Any(PackedKey.IsOne))
                {
                    chunks.AddRange(session.Query(
                        "SELECT key, bytes FROM metric_chunk WHERE key IN (SELECT value FROM json_each(@1)) ORDER BY key",
                        Chunk, $"[{string.Join(',', ranges.Where(PackedKey.IsOne).Select(PackedKey.First))}]"));
                }
                return (journal, chunks);
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<ProcessesRow?> ReadProcessesAsync(int agent, int minute, CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.Query(
                "SELECT key, bytes FROM metric_processes WHERE key BETWEEN @1 AND @2 ORDER BY key DESC LIMIT 1",
                row => (ProcessesRow?)new ProcessesRow(agent, PackedKey.MinuteOf(row.GetInt64(0)), row.GetFieldValue<byte[]>(1)),
                PackedKey.OfProcesses(agent, 0), PackedKey.OfProcesses(agent, minute)).FirstOrDefault(),
            cancellation).ConfigureAwait(false);

    public async ValueTask<TenantRow> AddTenantAsync(string name, CancellationToken cancellation) =>
        await database.WriteAsync(
            session =>
            {
                session.Execute("INSERT INTO metric_tenant (name, raw_from, minute_from) VALUES (@1, 0, 0) ON CONFLICT DO NOTHING", name);
                return session.QueryFirst(
                    "SELECT no, name, policy, raw_from, minute_from FROM metric_tenant WHERE name = @1", Tenant, name)!;
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<AgentRow?> AddAgentAsync(int tenant, string name, CancellationToken cancellation) =>
        await database.WriteAsync(
            session =>
            {
                session.Execute(
                    "INSERT INTO metric_agent (tenant, name, version, seen) VALUES (@1, @2, 0, x'') ON CONFLICT DO NOTHING", (long)tenant, name);
                var agent = session.QueryFirst(
                    "SELECT no, tenant, name, version, seen FROM metric_agent WHERE tenant = @1 AND name = @2", Agent, (long)tenant, name)!;
                return agent.No < PackedKey.MaxAgents
                    ? agent
                    : throw new StorageException($"The metric store has had {agent.No} agents, as many as it can. Start with a new data folder.");
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<bool> AppendAsync(BatchWrite batch, CancellationToken cancellation) =>
        await database.WriteAsync(session => Append(session, batch), cancellation).ConfigureAwait(false);

    public async ValueTask MoveAsync(MetricMove move, CancellationToken cancellation) =>
        await database.WriteAsync(session => Move(session, move), cancellation).ConfigureAwait(false);

    public async ValueTask SetPolicyAsync(int tenant, MetricPolicy policy, CancellationToken cancellation) =>
        await database.WriteAsync(
            session => session.Execute(
                "UPDATE metric_tenant SET policy = @2 WHERE no = @1", (long)tenant, JsonSerializer.Serialize(policy, StateJson.Options)),
            cancellation).ConfigureAwait(false);

    public async ValueTask RemoveAgentAsync(int agent, CancellationToken cancellation) =>
        await database.WriteAsync(
            session =>
            {
                foreach (var level in Enum.GetValues<ChunkLevel>())
                    RemoveChunks(session, level, agent);
                session.Execute("DELETE FROM metric_journal WHERE agent = @1", (long)agent);
                session.Execute("DELETE FROM metric_series WHERE agent = @1", (long)agent);
                session.Execute("DELETE FROM metric_day WHERE agent = @1", (long)agent);
                session.Execute(
                    "DELETE FROM metric_processes WHERE key BETWEEN @1 AND @2",
                    PackedKey.OfProcesses(agent, 0), PackedKey.OfProcesses(agent, int.MaxValue));
                return session.Execute("DELETE FROM metric_agent WHERE no = @1", (long)agent);
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<bool> RemoveTenantAsync(int tenant, CancellationToken cancellation) =>
        await database.WriteAsync(
            session =>
            {
                session.Execute("DELETE FROM metric_tenant WHERE no = @1", (long)tenant);
                return true;
            },
            cancellation).ConfigureAwait(false);

    private static bool Append(SqliteSession session, BatchWrite batch)
    {
        var agent = batch.Agent;
        if (session.Execute(
            "UPDATE metric_agent SET version = @2, seen = @3 WHERE no = @1 AND version = @2 - 1", (long)agent.No, agent.Version, agent.Seen) == 0)
        {
            return false;
        }
        if (batch.NewSeries is var (owner, first, table))
            session.Execute("INSERT INTO metric_series (agent, first, series) VALUES (@1, @2, @3)", (long)owner, (long)first, table);
        if (batch.Journal is { Bytes: var bytes })
            session.Execute("INSERT INTO metric_journal (agent, bytes) VALUES (@1, @2)", (long)agent.No, bytes);
        if (batch.Processes is var (machine, minute, snapshot))
        {
            session.Execute(
                "INSERT INTO metric_processes (key, bytes) VALUES (@1, @2) ON CONFLICT DO NOTHING",
                PackedKey.OfProcesses(machine, minute), snapshot);
        }
        return true;
    }

    private static bool Move(SqliteSession session, MetricMove move)
    {
        if (move.RemoveJournal is var (folded, through, _))
            session.Execute("DELETE FROM metric_journal WHERE agent = @1 AND id <= @2", (long)folded, through);
        foreach (var range in move.Remove)
            session.Execute("DELETE FROM metric_chunk WHERE key BETWEEN @1 AND @2", PackedKey.First(range), PackedKey.Last(range));
        foreach (var (key, bytes) in move.Put)
            session.Execute("INSERT OR REPLACE INTO metric_chunk (key, bytes) VALUES (@1, @2)", PackedKey.Of(key), bytes);
        foreach (var (day, agent) in move.AddDays)
            session.Execute("INSERT INTO metric_day (day, agent) VALUES (@1, @2) ON CONFLICT DO NOTHING", (long)day, (long)agent);
        foreach (var (day, agent) in move.RemoveDays)
            session.Execute("DELETE FROM metric_day WHERE day = @1 AND agent = @2", (long)day, (long)agent);
        foreach (var (agent, minute) in move.RemoveProcesses)
        {
            session.Execute(
                "DELETE FROM metric_processes WHERE key BETWEEN @1 AND @2",
                PackedKey.OfProcesses(agent, 0), PackedKey.OfProcesses(agent, minute) - 1);
        }
        if (move.Retained is var (tenant, rawFrom, minuteFrom))
        {
            session.Execute(
                "UPDATE metric_tenant SET raw_from = MAX(raw_from, @2), minute_from = MAX(minute_from, @3) WHERE no = @1",
                (long)tenant, (long)rawFrom, (long)minuteFrom);
        }
        return true;
    }

    /// <summary>From window to window, without reading what lies between.</summary>
    private static void RemoveChunks(SqliteSession session, ChunkLevel level, int agent)
    {
        var window = 0;
        while (window < 1 << PackedKey.WindowBits)
        {
            var next = session.QueryFirst(
                "SELECT key FROM metric_chunk WHERE key >= @1 ORDER BY key LIMIT 1",
                row => (long?)row.GetInt64(0), PackedKey.Of(new ChunkKey(level, window, 0, 0)));
            if (next is not { } key || PackedKey.Unpack(key).Level != level)
                return;
            window = PackedKey.Unpack(key).Window;
            var range = ChunkRange.All(level, window, agent);
            session.Execute("DELETE FROM metric_chunk WHERE key BETWEEN @1 AND @2", PackedKey.First(range), PackedKey.Last(range));
            window++;
        }
    }

    private static StoredChunk Chunk(SqliteDataReader row) => new(PackedKey.Unpack(row.GetInt64(0)), row.GetFieldValue<byte[]>(1));

    private static TenantRow Tenant(SqliteDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : JsonSerializer.Deserialize<MetricPolicy>(row.GetString(2), StateJson.Options),
        row.GetInt32(3),
        row.GetInt32(4));

    private static AgentRow Agent(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4));
}
