using Outrider.Grains.Audit;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// The audit store: rows are added, never changed, never removed. Of each tenant the times rise strictly: an entry as old as the one
/// before it, or older because a clock was set back, is dated 100 ns after that one, so that reading page by page by time skips none.
/// </summary>
public sealed class SqliteAuditLog(SqliteDatabase database) : IAuditLog
{
    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("audit",
    [
        """
        CREATE TABLE audit (
          tenant TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
          outcome TEXT NOT NULL, detail TEXT,
          PRIMARY KEY (tenant, at)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'The audit store is append only.'); END;
        CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'The audit store is append only.'); END
        """,
    ]);

    public async ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation) =>
        await database.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO audit (tenant, at, actor, action, target, outcome, detail)
                SELECT @1, MAX(@2, COALESCE((SELECT MAX(at) + 1 FROM audit WHERE tenant = @1), 0)), @3, @4, @5, @6, @7
                """,
                entry.Tenant, entry.At.UtcTicks, entry.Actor, entry.Action, entry.Target, entry.Outcome, entry.Detail),
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(
        string tenant, DateTimeOffset? before, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            """
            SELECT at, actor, action, target, outcome, detail FROM audit
            WHERE tenant = @1 AND at < @2 ORDER BY at DESC LIMIT @3
            """,
            row => new AuditEntry
            {
                At = new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
                Tenant = tenant,
                Actor = row.GetString(1),
                Action = row.GetString(2),
                Target = row.GetString(3),
                Outcome = row.GetString(4),
                Detail = row.IsDBNull(5) ? null : row.GetString(5),
            },
            tenant, before?.UtcTicks ?? long.MaxValue, limit), cancellation).ConfigureAwait(false);
}
