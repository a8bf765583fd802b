using Outrider.Grains.Diagnosis;
using Outrider.Storage.State;

namespace Outrider.Storage.Sqlite;

/// <summary>Reports and their evidence bundles. Times are in ticks (100 ns) since year 1, UTC.</summary>
public sealed class SqliteReportStore(SqliteDatabase database) : IReportStore
{
    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("reports",
    [
        """
        CREATE TABLE report (
          tenant TEXT NOT NULL, agent TEXT NOT NULL, id TEXT NOT NULL, expert TEXT NOT NULL, at INTEGER NOT NULL,
          score INTEGER, level TEXT NOT NULL, status TEXT NOT NULL, summary TEXT NOT NULL, report BLOB NOT NULL, bundle BLOB NOT NULL,
          PRIMARY KEY (tenant, agent, id)
        ) STRICT;
        CREATE INDEX report_by_time ON report (tenant, agent, at)
        """,
    ]);

    public async ValueTask SaveAsync(string tenant, DiagnosisReport report, ReadOnlyMemory<byte> bundle, CancellationToken cancellation)
    {
        var json = StateJson.Write(report);
        var evidence = bundle.ToArray();
        await database.WriteAsync(session =>
        {
            session.Execute(
                """
                INSERT INTO report (tenant, agent, id, expert, at, score, level, status, summary, report, bundle)
                VALUES (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11)
                ON CONFLICT (tenant, agent, id) DO UPDATE SET
                  expert = excluded.expert, at = excluded.at, score = excluded.score, level = excluded.level,
                  status = excluded.status, summary = excluded.summary, report = excluded.report, bundle = excluded.bundle
                """,
                tenant, report.Agent, report.Id, report.Expert, report.At.UtcTicks, report.Score is { } score ? (long)score : null,
                report.Level, report.Status, report.Summary, json, evidence);
            return session.Execute(
                """
                DELETE FROM report WHERE tenant = @1 AND agent = @2 AND id IN
                  (SELECT id FROM report WHERE tenant = @1 AND agent = @2 ORDER BY at DESC, id DESC LIMIT -1 OFFSET @3)
                """,
                tenant, report.Agent, IReportStore.KeptPerAgent);
        }, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ReportSummary>> ListAsync(
        string tenant, string agent, string? expert, DateTimeOffset? before, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            """
            SELECT id, expert, at, score, level, status, summary FROM report
            WHERE tenant = @1 AND agent = @2 AND (@3 IS NULL OR expert = @3) AND at < @4
            ORDER BY at DESC, id DESC LIMIT @5
            """,
            row => new ReportSummary(
                row.GetString(0), row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
                row.IsDBNull(3) ? null : row.GetInt32(3), row.GetString(4), row.GetString(5), row.GetString(6)),
            tenant, agent, expert, before?.UtcTicks ?? long.MaxValue, limit), cancellation).ConfigureAwait(false);

    public async ValueTask<DiagnosisReport?> ReadAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        await ReadBlobAsync("SELECT report FROM report WHERE tenant = @1 AND agent = @2 AND id = @3", tenant, agent, id, cancellation)
            .ConfigureAwait(false) is { } json
            ? StateJson.Read<DiagnosisReport>(json, $"report {id} of agent {agent}")
            : null;

    public async ValueTask<byte[]?> ReadBundleAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        await ReadBlobAsync("SELECT bundle FROM report WHERE tenant = @1 AND agent = @2 AND id = @3", tenant, agent, id, cancellation)
            .ConfigureAwait(false);

    private async ValueTask<byte[]?> ReadBlobAsync(string sql, string tenant, string agent, string id, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(sql, row => row.GetFieldValue<byte[]>(0), tenant, agent, id), cancellation)
            .ConfigureAwait(false);
}
