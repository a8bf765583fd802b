using System.Data.Common;

namespace Outrider.Storage.Shared;

/// <summary>What differs between the databases that a cluster may share. Statements that both take as they are don't come here.</summary>
public abstract class SqlDialect
{
    /// <summary>MySQL 8 and MariaDB 10.6, or newer ones.</summary>
    public static SqlDialect MySql { get; } = new MySqlDialect();

    /// <summary>PostgreSQL 13 or newer.</summary>
    public static SqlDialect Postgres { get; } = new PostgresDialect();

    /// <summary>How files of a schema name it: <c>mysql</c> or <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a transaction holds changes of the schema too. Where not, each of them is final at once.</summary>
    internal abstract bool HasTransactionalSchema { get; }

    /// <summary>A script's statements, each of which can be sent by itself.</summary>
    internal abstract IReadOnlyList<string> Split(string script);

    /// <summary>Whether a statement of a schema failed because what it makes is there already.</summary>
    internal abstract bool IsThereAlready(DbException e);

    /// <summary>Waits until no other migration of this database runs, and keeps others out.</summary>
    /// <exception cref="StorageException">Another one ran for longer than <paramref name="wait"/>, or the database doesn't suit.</exception>
    internal abstract Task LockAsync(SharedSession session, TimeSpan wait);

    /// <summary>Lets others in again. Where the lock belongs to a transaction, its end does that.</summary>
    internal abstract Task UnlockAsync(SharedSession session);

    /// <summary>The server's time in milliseconds since 1970, as an expression.</summary>
    internal abstract string Now { get; }

    /// <summary>
    /// An INSERT of rows, with parameters @p1, @p2, … row by row for the keys and then the columns, that replaces rows of the same keys.
    /// </summary>
    internal abstract string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, int rows = 1);

    /// <summary>As <see cref="Upsert"/>, but leaves out rows whose keys are there already.</summary>
    internal string Add(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, int rows = 1) =>
        $"{Insert(table, keys, columns, rows)} {UnlessThere(keys[0])}";

    /// <summary>The end of an INSERT that leaves out rows whose keys are there already.</summary>
    internal abstract string UnlessThere(string key);

    private protected static string Insert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, int rows)
    {
        IReadOnlyList<string> all = [.. keys, .. columns];
        var values = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", all.Select((_, i) => $"@p{row * all.Count + i + 1}"))})");
        return $"INSERT INTO {table} ({string.Join(", ", all)}) VALUES {string.Join(", ", values)}";
    }
}
