using Outrider.Grains.Audit;
using Outrider.Storage.Audit;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// The audit store: rows are added, never changed, and removed only when they are a year old, but for a day that clocks may be apart. Of
/// each tenant the times rise strictly: an entry as old as the one before it, or older because a clock was set back, is dated 100 ns
/// after that one, so that reading page by page by time skips none.
/// </summary>
public sealed class SqliteAuditLog(SqliteDatabase database) : IAuditLog
{
    private static readonly AuditSql s_sql = new("audit", "@");

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
        """
        ALTER TABLE audit ADD COLUMN task TEXT;
        ALTER TABLE audit ADD COLUMN ip TEXT;
        ALTER TABLE audit ADD COLUMN ms INTEGER;
        CREATE INDEX audit_by_age ON audit (at);
        CREATE INDEX audit_by_task ON audit (tenant, task, at) WHERE task IS NOT NULL;
        DROP TRIGGER audit_is_not_removed;
        CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
        WHEN OLD.at > (strftime('%s', 'now') - 364 * 86400 + 62135596800) * 10000000
        BEGIN SELECT RAISE(ABORT, 'The audit store is append only.'); END
        """,
    ]);

    public async ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation) =>
        await database.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO audit (tenant, at, actor, action, target, outcome, detail, task, ip, ms)
                SELECT @1, MAX(@2, COALESCE((SELECT MAX(at) + 1 FROM audit WHERE tenant = @1), 0)), @3, @4, @5, @6, @7, @8, @9, @10
                """,
                entry.Tenant, entry.At.UtcTicks, entry.Actor, entry.Action, entry.Target, entry.Outcome, entry.Detail,
                entry.Task, entry.Ip, entry.Ms),
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(
        string tenant, AuditQuery query, DateTimeOffset? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.List(tenant, query, after, limit);
        return await database.ReadAsync(session => session.Query(sql, row => AuditSql.Read(tenant, row), values), cancellation)
            .ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation) =>
        await database.RemoveAsync(s_sql.Old, before.UtcTicks, cancellation).ConfigureAwait(false);
}
