namespace Outrider.MySql;

/// <summary>The server answered with an ERR packet. The session stays usable unless it says otherwise.</summary>
/// <param name="code">Error number, e.g. 1064; see https://mariadb.com/kb/en/mariadb-error-codes/.</param>
/// <param name="sqlState">Five characters, e.g. 42000; HY000 when the server sent none.</param>
/// <param name="message">The server's own text.</param>
public sealed class MySqlServerException(int code, string sqlState, string message) : MySqlException(message)
{
    /// <summary>Error number of the server.</summary>
    public int Code { get; } = code;

    /// <summary>SQLSTATE of the error, five characters.</summary>
    public string SqlState { get; } = sqlState;
}
