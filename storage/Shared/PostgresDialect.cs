using System.Data.Common;
using System.Globalization;

namespace Outrider.Storage.Shared;

internal sealed class PostgresDialect : SqlDialect
{
    private const string LockNotAvailable = "55P03";

    public override string Name => "postgres";

    internal override bool HasTransactionalSchema => true;

    internal override string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    // The server takes a script whole.
    internal override IReadOnlyList<string> Split(string script) => [script];

    // What a failed migration made is gone with its transaction.
    internal override bool IsThereAlready(DbException e) => false;

    internal override async Task LockAsync(SharedSession session, TimeSpan wait)
    {
        var encoding = await session.QueryFirstAsync("SHOW server_encoding", row => row.GetString(0)).ConfigureAwait(false);
        if (encoding != "UTF8")
        {
            throw new StorageException(
                $"The shared database has the encoding {encoding}, which can't hold every text. Create it with: CREATE DATABASE … ENCODING 'UTF8'.");
        }
        try
        {
            await session.ExecuteAsync($"SET LOCAL lock_timeout = {wait.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}")
                .ConfigureAwait(false);
            await session.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('outrider_schema'))").ConfigureAwait(false);
        }
        catch (DbException e) when (e.SqlState == LockNotAvailable)
        {
            throw new StorageException(
                $"Another migration of the shared database has been running for {wait.TotalSeconds} s. Wait until it has finished, then try again.", e);
        }
    }

    internal override Task UnlockAsync(SharedSession session) => Task.CompletedTask;

    internal override string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, int rows = 1) =>
        $"{Insert(table, keys, columns, rows)} ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET "
        + string.Join(", ", columns.Select(column => $"{column} = EXCLUDED.{column}"));

    internal override string UnlessThere(string key) => "ON CONFLICT DO NOTHING";
}
