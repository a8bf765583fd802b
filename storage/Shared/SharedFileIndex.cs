using Outrider.Grains.Files;
using Outrider.Storage.Files;

namespace Outrider.Storage.Shared;

/// <summary>What is known of files, for all nodes of a cluster. Times are in ticks (100 ns) since year 1, UTC.</summary>
public sealed class SharedFileIndex(SharedDatabase database) : IFileIndex
{
    private static readonly FileSql s_sql = new("outrider_", "@p");

    private readonly string _add = database.Dialect.Add(s_sql.Table, FileRow.Keys, FileRow.Columns);

    /// <summary>Its tables; for a <see cref="SharedMigrator"/>.</summary>
    public static SchemaPart Schema(SqlDialect dialect) => SchemaPart.Read(typeof(SharedFileIndex).Assembly, "files", dialect);

    /// <inheritdoc/>
    /// <exception cref="StorageException">The database is away or slow. It may be there all the same.</exception>
    public async ValueTask<StoredFile> AddAsync(string tenant, StoredFile file, CancellationToken cancellation)
    {
        var row = FileRow.Of(tenant, file);
        // Two statements: one that is there already may be deleted between them, and then this one is added once more.
        while (true)
        {
            var found = await database.RunAsync(async session =>
            {
                await session.ExecuteAsync(_add, row.Values).ConfigureAwait(false);
                return await session.QueryFirstAsync(s_sql.Find, FileRow.Read, tenant, row.Sha256, row.Kind).ConfigureAwait(false);
            }, cancellation).ConfigureAwait(false);
            if (found is not null)
                return found;
        }
    }

    public async ValueTask<StoredFile?> ReadAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.RunAsync(session => session.QueryFirstAsync(s_sql.Read, FileRow.Read, tenant, id), cancellation).ConfigureAwait(false);

    public async ValueTask<StoredFile?> FindAsync(string tenant, string sha256, FileKind kind, CancellationToken cancellation) =>
        await database.RunAsync(session => session.QueryFirstAsync(s_sql.Find, FileRow.Read, tenant, sha256, kind.ToString()), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredFile>> ListAsync(
        string tenant, FileQuery query, FileCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.List(tenant, query, after, limit);
        return await database.RunAsync(session => session.QueryAsync(sql, FileRow.Read, values), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>An answer that was lost on the way makes it false for a file that was removed just now.</remarks>
    public async ValueTask<bool> DeleteAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.RunAsync(session => session.ExecuteAsync(s_sql.Delete, tenant, id), cancellation).ConfigureAwait(false) > 0;

    public async ValueTask<bool> RefersToAsync(string tenant, string sha256, CancellationToken cancellation) =>
        await database.RunAsync(
            session => session.QueryFirstAsync(s_sql.RefersTo, row => Convert.ToInt32(row.GetValue(0), null), tenant, sha256), cancellation)
            .ConfigureAwait(false) > 0;
}
