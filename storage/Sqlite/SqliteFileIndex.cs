using Outrider.Grains.Files;
using Outrider.Storage.Files;

namespace Outrider.Storage.Sqlite;

/// <summary>What is known of files. Times are in ticks (100 ns) since year 1, UTC.</summary>
public sealed class SqliteFileIndex(SqliteDatabase database) : IFileIndex
{
    private static readonly FileSql s_sql = new("", "@");

    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("files",
    [
        """
        CREATE TABLE file (
          tenant TEXT NOT NULL, id TEXT NOT NULL, sha256 TEXT NOT NULL, kind TEXT NOT NULL, search TEXT NOT NULL,
          created INTEGER NOT NULL, body BLOB NOT NULL,
          PRIMARY KEY (tenant, id),
          UNIQUE (tenant, sha256, kind)
        ) STRICT;
        CREATE INDEX file_by_time ON file (tenant, created DESC, id)
        """,
    ]);

    public async ValueTask<StoredFile> AddAsync(string tenant, StoredFile file, CancellationToken cancellation)
    {
        var row = FileRow.Of(tenant, file);
        return await database.WriteAsync(session =>
        {
            session.Execute(
                """
                INSERT INTO file (tenant, id, sha256, kind, search, created, body) VALUES (@1, @2, @3, @4, @5, @6, @7)
                ON CONFLICT (tenant, sha256, kind) DO NOTHING
                """,
                row.Values);
            return session.QueryFirst(s_sql.Find, FileRow.Read, tenant, row.Sha256, row.Kind)!;
        }, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<StoredFile?> ReadAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.Read, FileRow.Read, tenant, id), cancellation).ConfigureAwait(false);

    public async ValueTask<StoredFile?> FindAsync(string tenant, string sha256, FileKind kind, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.Find, FileRow.Read, tenant, sha256, kind.ToString()), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredFile>> ListAsync(
        string tenant, FileQuery query, FileCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.List(tenant, query, after, limit);
        return await database.ReadAsync(session => session.Query(sql, FileRow.Read, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.WriteAsync(session => session.Execute(s_sql.Delete, tenant, id), cancellation).ConfigureAwait(false) > 0;

    public async ValueTask<bool> RefersToAsync(string tenant, string sha256, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.RefersTo, row => row.GetInt32(0), tenant, sha256), cancellation)
            .ConfigureAwait(false) > 0;
}
