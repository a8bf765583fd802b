using System.Data.Common;
using MySqlConnector;
using Npgsql;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Cluster.Configuration;

/// <summary>The database in which the silos keep their membership.</summary>
/// <param name="Invariant">How Orleans names the driver.</param>
/// <param name="Connection">The whole connection string. Holds the password.</param>
internal sealed record MembershipDatabase(string Invariant, string Connection)
{
    /// <summary>Seconds until a server that doesn't answer counts as away; both drivers know the word.</summary>
    private const int Patience = 5;

    /// <param name="kind"><c>mysql</c> (MariaDB too) or <c>postgresql</c>.</param>
    /// <param name="connection">As the driver writes it.</param>
    /// <param name="password">Null: it stands in <paramref name="connection"/>.</param>
    public static Outcome<MembershipDatabase> Create(string kind, string connection, string? password)
    {
        (string Invariant, DbProviderFactory Driver)? known = kind.ToLowerInvariant() switch
        {
            "mysql" or "mariadb" => ("MySql.Data.MySqlConnector", MySqlConnectorFactory.Instance),
            "postgresql" or "postgres" => ("Npgsql", NpgsqlFactory.Instance),
            _ => null,
        };
        if (known is not var (invariant, driver))
            return Wrong("database (OUTRIDER_DATABASE) must be mysql (MariaDB too) or postgresql.");
        try
        {
            var whole = driver.CreateConnectionStringBuilder()!;
            whole.ConnectionString = connection;
            if (whole["Database"] is not string { Length: > 0 })
                return Wrong("database_connection names no database (Database=…).");
            if (password is not null)
                whole["Password"] = password;
            if (!new DbConnectionStringBuilder { ConnectionString = connection }.ContainsKey("Connection Timeout"))
                whole[driver is NpgsqlFactory ? "Timeout" : "Connection Timeout"] = Patience;
            return new MembershipDatabase(invariant, whole.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // The message may repeat a value, such as the password.
            return Wrong("database_connection holds a word that the driver doesn't know, or a value that it can't read. Write it as Server=…;Database=…;User ID=….");
        }
    }

    private static Problem Wrong(string message) => new(ProblemCodes.InvalidArgument, message);
}
