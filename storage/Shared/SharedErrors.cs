using System.Data.Common;
using System.Net.Sockets;

namespace Outrider.Storage.Shared;

/// <summary>
/// What errors of a shared database mean, and what to tell a person. By SQLSTATE, which drivers of all databases give, and where that
/// says too little by MySQL's number. https://www.postgresql.org/docs/current/errcodes-appendix.html
/// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
/// </summary>
internal static class SharedErrors
{
    /// <summary>
    /// Whether the same statement may well succeed in a moment: the connection is lost or refused, the server stops or starts, it has
    /// too many connections, or two transactions were in each other's way.
    /// </summary>
    public static bool IsTransient(Exception? e) => e switch
    {
        // A driver that has no state to show didn't get an answer of the server.
        DbException { IsTransient: true } or DbException { SqlState: null or "" } => true,
        DbException { SqlState: "40001" or "40P01" or "57P01" or "57P02" or "57P03" or "57P05" or "53300" or "70100" } => true,
        DbException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal),
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether a value doesn't suit its column: the fault of one row, not of the database.</summary>
    public static bool IsValueFault(Exception? e) => e is DbException { SqlState: ['2', '2', ..] or ['5', '4', ..] };

    /// <summary>Whether a row of the same primary key is there.</summary>
    public static bool IsDuplicate(DbException e) => e.SqlState is "23505" || Number(e) is 1062;

    public static bool IsMissingTable(Exception? e) => e is DbException { SqlState: "42P01" or "42S02" };

    /// <summary>The server's own number of the error, as MySqlConnector hands it on; 0 if there is none.</summary>
    public static int Number(DbException e) => e.Data["Server Error Code"] is int number ? number : 0;

    public static StorageException Describe(Exception e) => new(
        e switch
        {
            _ when IsTransient(e) =>
                $"The shared database can't be reached: {e.Message} Whether the last write was kept is not known. Check that it runs.",
            _ when IsMissingTable(e) => $"The shared database lacks a table: {e.Message} Run: outrider-silo migrate.",
            DbException { SqlState: ['2', '8', ..] } => $"The shared database refuses the login: {e.Message} Check user and password.",
            DbException { SqlState: "53100" } => $"The disk of the shared database is full: {e.Message} Free some space; writing goes on by itself.",
            DbException { SqlState: "25006" } => $"The shared database is read-only: {e.Message} Connect to the primary server.",
            DbException d when Number(d) is 1114 or 1021 =>
                $"The disk of the shared database is full: {e.Message} Free some space; writing goes on by itself.",
            DbException d when Number(d) is 1290 or 1836 => $"The shared database is read-only: {e.Message} Connect to the primary server.",
            _ => $"The shared database refused a statement: {e.Message}",
        },
        e);

    public static StorageException TooSlow(TimeSpan limit, Exception? e) => new(
        $"The shared database didn't answer within {limit.TotalSeconds} s. Whether the last write was kept is not known. "
        + "Check its load and the network.", e);
}
