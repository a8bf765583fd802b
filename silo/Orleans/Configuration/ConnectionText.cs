using MySqlConnector;
using Npgsql;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Orleans.Configuration;

/// <summary>Connection strings of the shared database: the operator's, with what a cluster needs wherever the operator said nothing.</summary>
public static class ConnectionText
{
    /// <summary>
    /// Connections of one silo at most, for grain state and for everything else: a server takes 151 (MySQL) or 100 (PostgreSQL) by
    /// default, from all silos.
    /// </summary>
    private const int StatePool = 20;

    private const int OtherPool = 10;

    /// <summary>Seconds until a server that doesn't answer counts as away.</summary>
    private const int Patience = 5;

    /// <summary>What is wrong with it; null if nothing is. Never shows its text, which may hold a password.</summary>
    public static string? Check(DatabaseKind kind, string text)
    {
        try
        {
            var database = kind is DatabaseKind.MySql ? new MySqlConnectionStringBuilder(text).Database : new NpgsqlConnectionStringBuilder(text).Database;
            return string.IsNullOrEmpty(database) ? "it names no database (Database=…)." : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // The message may repeat a value.
            return "it holds a word that the driver doesn't know, or a value that it can't read. Write it as Server=…;Database=…;User ID=….";
        }
    }

    /// <summary>The whole connection string for grain state.</summary>
    /// <exception cref="CentreException">The password's file can't be read.</exception>
    public static string State(SiloSettings options) => Complete(options, StatePool, reset: false);

    /// <summary>The whole connection string for everything else.</summary>
    /// <exception cref="CentreException">The password's file can't be read.</exception>
    public static string Other(SiloSettings options) => Complete(options, OtherPool, reset: true);

    private static string Complete(SiloSettings options, int pool, bool reset)
    {
        var (text, password) = (options.DatabaseConnection!, Password(options.DatabasePasswordFile));
        return options.Database is DatabaseKind.MySql ? MySql(text, password, pool, reset) : Postgres(text, password, pool);
    }

    // Each statement on grain state is a transaction by itself and leaves nothing behind on a connection; to reset it costs a round trip,
    // a quarter of the writes. Membership opens transactions: one that was cut off must not go on in the next statement.
    private static string MySql(string text, string? password, int pool, bool reset)
    {
        var given = new MySqlConnectionStringBuilder(text);
        var whole = new MySqlConnectionStringBuilder(text);
        if (!given.ContainsKey("Maximum Pool Size"))
            whole.MaximumPoolSize = (uint)pool;
        if (!given.ContainsKey("Connection Reset"))
            whole.ConnectionReset = reset;
        if (!given.ContainsKey("Connection Timeout"))
            whole.ConnectionTimeout = Patience;
        if (!given.ContainsKey("Default Command Timeout"))
            whole.DefaultCommandTimeout = 2 * Patience;
        if (password is not null)
            whole.Password = password;
        return whole.ConnectionString;
    }

    private static string Postgres(string text, string? password, int pool)
    {
        var whole = new NpgsqlConnectionStringBuilder(text);
        // Its ContainsKey knows every word there is.
        var given = whole.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!given.Contains("Maximum Pool Size"))
            whole.MaxPoolSize = pool;
        if (!given.Contains("Timeout"))
            whole.Timeout = Patience;
        if (!given.Contains("Command Timeout"))
            whole.CommandTimeout = 2 * Patience;
        if (password is not null)
            whole.Password = password;
        return whole.ConnectionString;
    }

    private static string? Password(string? file)
    {
        try
        {
            return file is null ? null : File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CentreException($"database_password_file {file} can't be read: {e.Message}", e);
        }
    }
}
