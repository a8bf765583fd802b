using System.Data.Common;
using System.Globalization;

namespace Outrider.Storage.Shared;

internal sealed class MySqlDialect : SqlDialect
{
    /// <summary>The server's lock names are for all its databases, and have at most 64 characters.</summary>
    private const string LockName = "SHA1(CONCAT('outrider_schema ', DATABASE()))";

    public override string Name => "mysql";

    internal override bool HasTransactionalSchema => false;

    internal override string Now => "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)";

    internal override IReadOnlyList<string> Split(string script) => MySqlScript.Split(script);

    // Table, procedure, trigger; column, key, row: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
    internal override bool IsThereAlready(DbException e) => SharedErrors.Number(e) is 1050 or 1304 or 1359 or 1060 or 1061 or 1062;

    internal override async Task LockAsync(SharedSession session, TimeSpan wait)
    {
        var got = await session.QueryFirstAsync(
            $"SELECT COALESCE(GET_LOCK({LockName}, {wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}), -1)",
            row => row.GetInt64(0)).ConfigureAwait(false);
        if (got != 1)
        {
            throw new StorageException(got == 0
                ? $"Another migration of the shared database has been running for {wait.TotalSeconds} s. Wait until it has finished, then try again."
                : "The shared database gave no lock for the migration. Check that the connection string names a database.");
        }
    }

    internal override async Task UnlockAsync(SharedSession session)
    {
        try
        {
            await session.QueryFirstAsync($"SELECT COALESCE(RELEASE_LOCK({LockName}), 0)", row => row.GetInt64(0)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The connection is lost, and the lock went with it; what lost it is on its way to the caller.
        }
    }

    // VALUES(column) is what MariaDB and MySQL both understand.
    internal override string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, int rows = 1) =>
        $"{Insert(table, keys, columns, rows)} ON DUPLICATE KEY UPDATE {string.Join(", ", columns.Select(column => $"{column} = VALUES({column})"))}";

    internal override string UnlessThere(string key) => $"ON DUPLICATE KEY UPDATE {key} = {key}";
}
