using System.Text.Json;
using Microsoft.Data.Sqlite;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.State;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// The metric store's rows in a SQLite file of their own. A chunk's key is one integer: level, window, agent and part from the highest
/// bits down. New chunks so come behind all others of their level, which fills pages whole, and what grew old together lies together.
/// </summary>
public sealed class SqliteMetricBackend(SqliteDatabase database) : IMetricBackend
{
    private const int PartBits = 16;
    private const int AgentBits = 22;
    private const int WindowBits = 22;

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

    public async ValueTask<List<TenantRow>> ReadTenantsAsync(CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.Query("SELECT no, name, policy, raw_from, minute_from FROM metric_tenant", Tenant), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<List<AgentRow>> ReadAgentsAsync(int tenant, CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.Query("SELECT no, tenant, name, version, seen FROM metric_agent WHERE tenant = @1", Agent, (long)tenant),
            cancellation).ConfigureAwait(false);

    public async ValueTask<List<SeriesRow>> ReadSeriesAsync(int tenant, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            """
            SELECT s.agent, s.first, s.series FROM metric_series s JOIN metric_agent a ON a.no = s.agent
            WHERE a.tenant = @1 ORDER BY s.agent, s.first
            """,
            row => new SeriesRow(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2)),
            (long)tenant), cancellation).ConfigureAwait(false);

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
            row => Unpack(row.GetInt64(0)),
            Pack(new ChunkKey(level, 0, 0, 0)), Pack(new ChunkKey(level, beforeWindow, 0, 0))), cancellation).ConfigureAwait(false);

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
                foreach (var range in ranges.Where(range => !IsOne(range)).OrderBy(range => range.Level))
                {
                    chunks.AddRange(session.Query(
                        "SELECT key, bytes FROM metric_chunk WHERE key BETWEEN @1 AND @2 ORDER BY key", Chunk, First(range), Last(range)));
                }
                // Single chunks, of many windows mostly, in one statement.
                if (ranges.Any(IsOne))
                {
                    chunks.AddRange(session.Query(
                        "SELECT key, bytes FROM metric_chunk WHERE key IN (SELECT value FROM json_each(@1)) ORDER BY key",
                        Chunk, $"[{string.Join(',', ranges.Where(IsOne).Select(First))}]"));
                }
                return (journal, chunks);
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<ProcessesRow?> ReadProcessesAsync(int agent, int minute, CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.Query(
                "SELECT key, bytes FROM metric_processes WHERE key BETWEEN @1 AND @2 ORDER BY key DESC LIMIT 1",
                row => (ProcessesRow?)new ProcessesRow(agent, (int)(row.GetInt64(0) & uint.MaxValue), row.GetFieldValue<byte[]>(1)),
                ProcessKey(agent, 0), ProcessKey(agent, minute)).FirstOrDefault(),
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

    public async ValueTask<AgentRow> AddAgentAsync(int tenant, string name, CancellationToken cancellation) =>
        await database.WriteAsync(
            session =>
            {
                session.Execute(
                    "INSERT INTO metric_agent (tenant, name, version, seen) VALUES (@1, @2, 0, x'') ON CONFLICT DO NOTHING", (long)tenant, name);
                var agent = session.QueryFirst(
                    "SELECT no, tenant, name, version, seen FROM metric_agent WHERE tenant = @1 AND name = @2", Agent, (long)tenant, name)!;
                return agent.No < 1 << AgentBits
                    ? agent
                    : throw new StorageException($"The metric store has had {agent.No} agents, as many as it can. Start with a new data folder.");
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask<bool> WriteAsync(MetricWrite write, CancellationToken cancellation) =>
        await database.WriteAsync(session => Write(session, write), cancellation).ConfigureAwait(false);

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
                    "DELETE FROM metric_processes WHERE key BETWEEN @1 AND @2", ProcessKey(agent, 0), ProcessKey(agent, int.MaxValue));
                return session.Execute("DELETE FROM metric_agent WHERE no = @1", (long)agent);
            },
            cancellation).ConfigureAwait(false);

    public async ValueTask RemoveTenantAsync(int tenant, CancellationToken cancellation) =>
        await database.WriteAsync(session => session.Execute("DELETE FROM metric_tenant WHERE no = @1", (long)tenant), cancellation)
            .ConfigureAwait(false);

    private static bool Write(SqliteSession session, MetricWrite write)
    {
        if (write.Agent is { } agent && session.Execute(
            "UPDATE metric_agent SET version = @2, seen = @3 WHERE no = @1 AND version = @2 - 1", (long)agent.No, agent.Version, agent.Seen) == 0)
        {
            return false;
        }
        if (write.NewSeries is var (owner, first, table))
            session.Execute("INSERT INTO metric_series (agent, first, series) VALUES (@1, @2, @3)", (long)owner, (long)first, table);
        if (write.Journal is { } bytes)
            session.Execute("INSERT INTO metric_journal (agent, bytes) VALUES (@1, @2)", (long)write.Agent!.No, bytes);
        if (write.Processes is var (machine, minute, snapshot))
        {
            session.Execute(
                "INSERT INTO metric_processes (key, bytes) VALUES (@1, @2) ON CONFLICT DO NOTHING", ProcessKey(machine, minute), snapshot);
        }
        if (write.RemoveJournal is var (folded, through))
            session.Execute("DELETE FROM metric_journal WHERE agent = @1 AND id <= @2", (long)folded, through);
        WriteChunks(session, write);
        if (write.Tenant is { } tenant)
        {
            session.Execute(
                "UPDATE metric_tenant SET policy = @2, raw_from = @3, minute_from = @4 WHERE no = @1",
                (long)tenant.No, tenant.Policy is null ? null : JsonSerializer.Serialize(tenant.Policy, StateJson.Options),
                (long)tenant.RawFrom, (long)tenant.MinuteFrom);
        }
        return true;
    }

    private static void WriteChunks(SqliteSession session, MetricWrite write)
    {
        foreach (var range in write.Remove)
            session.Execute("DELETE FROM metric_chunk WHERE key BETWEEN @1 AND @2", First(range), Last(range));
        foreach (var (key, bytes) in write.Put)
            session.Execute("INSERT OR REPLACE INTO metric_chunk (key, bytes) VALUES (@1, @2)", Pack(key), bytes);
        foreach (var (day, agent) in write.AddDays)
            session.Execute("INSERT INTO metric_day (day, agent) VALUES (@1, @2) ON CONFLICT DO NOTHING", (long)day, (long)agent);
        foreach (var (day, agent) in write.RemoveDays)
            session.Execute("DELETE FROM metric_day WHERE day = @1 AND agent = @2", (long)day, (long)agent);
        foreach (var (agent, minute) in write.RemoveProcesses)
        {
            session.Execute(
                "DELETE FROM metric_processes WHERE key BETWEEN @1 AND @2", ProcessKey(agent, 0), ProcessKey(agent, minute) - 1);
        }
    }

    /// <summary>From window to window, without reading what lies between.</summary>
    private static void RemoveChunks(SqliteSession session, ChunkLevel level, int agent)
    {
        var window = 0;
        while (window < 1 << WindowBits)
        {
            var next = session.QueryFirst(
                "SELECT key FROM metric_chunk WHERE key >= @1 ORDER BY key LIMIT 1",
                row => (long?)row.GetInt64(0), Pack(new ChunkKey(level, window, 0, 0)));
            if (next is not { } key || Unpack(key).Level != level)
                return;
            window = Unpack(key).Window;
            var range = ChunkRange.All(level, window, agent);
            session.Execute("DELETE FROM metric_chunk WHERE key BETWEEN @1 AND @2", First(range), Last(range));
            window++;
        }
    }

    private static long Pack(ChunkKey key) =>
        (((long)key.Level << WindowBits | (uint)key.Window) << AgentBits | (uint)key.Agent) << PartBits | (uint)key.Part;

    private static ChunkKey Unpack(long key) => new(
        (ChunkLevel)(key >> PartBits + AgentBits + WindowBits),
        (int)(key >> PartBits + AgentBits) & (1 << WindowBits) - 1,
        (int)(key >> PartBits) & (1 << AgentBits) - 1,
        (int)key & (1 << PartBits) - 1);

    private static StoredChunk Chunk(SqliteDataReader row) => new(Unpack(row.GetInt64(0)), row.GetFieldValue<byte[]>(1));

    private static bool IsOne(ChunkRange range) => range.FirstPart == range.LastPart;

    private static long First(ChunkRange range) => Pack(new ChunkKey(range.Level, range.Window, range.Agent, range.FirstPart));

    private static long Last(ChunkRange range) => Pack(new ChunkKey(range.Level, range.Window, range.Agent, range.LastPart));

    private static long ProcessKey(int agent, int minute) => (long)agent << 32 | (uint)minute;

    private static TenantRow Tenant(SqliteDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : JsonSerializer.Deserialize<MetricPolicy>(row.GetString(2), StateJson.Options),
        row.GetInt32(3),
        row.GetInt32(4));

    private static AgentRow Agent(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4));
}
