using System.Data.Common;

namespace Outrider.Storage.Shared;

/// <summary>
/// Brings the tables of the shared database up to date, part by part. Any number of migrations may be started at once: one works, the
/// others wait and find it done. One that was stopped in the middle goes on where it was when it is started again.
/// </summary>
/// <param name="parts">Those of the database's dialect, each before the parts that need it.</param>
public sealed class SharedMigrator(SharedDatabase database, params IReadOnlyList<SchemaPart> parts)
{
    private const string Command = "outrider-silo migrate";

    // How many statements of version + 1 were begun: where no transaction holds changes of a schema, the last of them is where to go on.
    private const string VersionTable =
        "CREATE TABLE IF NOT EXISTS outrider_schema (part VARCHAR(100) NOT NULL PRIMARY KEY, version INT NOT NULL, begun INT NOT NULL)";

    private static readonly TimeSpan s_lockWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_statementLimit = TimeSpan.FromMinutes(10);

    /// <summary>Applies what is missing. Tables that are up to date are left alone.</summary>
    /// <returns>What was applied, such as <c>audit 1</c>; empty if nothing was missing.</returns>
    /// <exception cref="StorageException">The database is away, refused a statement, or is newer than this program.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellation)
    {
        try
        {
            return await database.UseAsync(connection => MigrateAsync(connection, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException || SharedErrors.IsTransient(e))
        {
            throw SharedErrors.Describe(e);
        }
    }

    /// <summary>Checks that all parts are there in the version this program knows.</summary>
    /// <exception cref="StorageException">They aren't, and the message says what to do; or the database is away.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var progress = await database.RunAsync(async session =>
        {
            try
            {
                return await ReadAsync(session).ConfigureAwait(false);
            }
            catch (DbException e) when (SharedErrors.IsMissingTable(e))
            {
                return [];
            }
        }, cancellation).ConfigureAwait(false);
        RefuseNewer(progress);
        if (parts.FirstOrDefault(part => Of(part, progress).Version < part.Versions.Count) is { } old)
        {
            throw new StorageException(
                $"The tables '{old.Name}' in the shared database have version {Of(old, progress).Version}; this program needs version "
                + $"{old.Versions.Count}. Run: {Command}.");
        }
    }

    private async Task<IReadOnlyList<string>> MigrateAsync(DbConnection connection, CancellationToken cancellation)
    {
        var session = new SharedSession(connection, s_statementLimit, cancellation);
        if (!database.Dialect.HasTransactionalSchema)
            return await ApplyAloneAsync(connection, session).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var applied = await ApplyAloneAsync(connection, session).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return applied;
        }
    }

    private async Task<IReadOnlyList<string>> ApplyAloneAsync(DbConnection connection, SharedSession session)
    {
        await database.Dialect.LockAsync(session, s_lockWait).ConfigureAwait(false);
        try
        {
            return await ApplyAsync(session).ConfigureAwait(false);
        }
        finally
        {
            // Also when the caller has cancelled: the connection goes back to its pool.
            await database.Dialect.UnlockAsync(new SharedSession(connection, SharedDatabase.Limit, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string>> ApplyAsync(SharedSession session)
    {
        await session.ExecuteAsync(VersionTable).ConfigureAwait(false);
        var progress = await ReadAsync(session).ConfigureAwait(false);
        RefuseNewer(progress);
        var applied = new List<string>();
        foreach (var part in parts)
        {
            var (version, begun) = Of(part, progress);
            for (; version < part.Versions.Count; (version, begun) = (version + 1, 0))
            {
                await ApplyAsync(session, part, version, begun).ConfigureAwait(false);
                applied.Add($"{part.Name} {version + 1}");
            }
        }
        return applied;
    }

    private async Task ApplyAsync(SharedSession session, SchemaPart part, int version, int begun)
    {
        var statements = database.Dialect.Split(part.Versions[version]);
        for (var i = Math.Max(begun - 1, 0); i < statements.Count; i++)
        {
            await WriteAsync(session, part, version, i + 1).ConfigureAwait(false);
            try
            {
                await session.ExecuteAsync(statements[i]).ConfigureAwait(false);
            }
            catch (DbException e) when (i == begun - 1 && database.Dialect.IsThereAlready(e))
            {
                // The migration that was stopped here had got this far.
            }
            catch (DbException e) when (!SharedErrors.IsTransient(e))
            {
                if (!database.Dialect.HasTransactionalSchema)
                    await WriteAsync(session, part, version, i).ConfigureAwait(false);
                throw new StorageException($"Version {version + 1} of the tables '{part.Name}' can't be applied: {e.Message}", e);
            }
        }
        await WriteAsync(session, part, version + 1, 0).ConfigureAwait(false);
    }

    private void RefuseNewer(Dictionary<string, (int Version, int Begun)> progress)
    {
        if (parts.FirstOrDefault(part => Of(part, progress).Version > part.Versions.Count) is { } newer)
        {
            throw new StorageException(
                $"The tables '{newer.Name}' in the shared database have version {Of(newer, progress).Version}; this program knows them up to "
                + $"version {newer.Versions.Count}. Start the newer version of the program, or use another database.");
        }
    }

    private static (int Version, int Begun) Of(SchemaPart part, Dictionary<string, (int Version, int Begun)> progress) =>
        progress.GetValueOrDefault(part.Name);

    private static async Task<Dictionary<string, (int Version, int Begun)>> ReadAsync(SharedSession session) =>
        (await session.QueryAsync(
            "SELECT part, version, begun FROM outrider_schema",
            row => (Part: row.GetString(0), Progress: (row.GetInt32(1), row.GetInt32(2)))).ConfigureAwait(false))
        .ToDictionary(row => row.Part, row => row.Progress, StringComparer.Ordinal);

    private async Task WriteAsync(SharedSession session, SchemaPart part, int version, int begun) =>
        await session.ExecuteAsync(
            database.Dialect.Upsert("outrider_schema", ["part"], ["version", "begun"]), part.Name, version, begun).ConfigureAwait(false);
}
