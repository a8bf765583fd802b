using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Outrider.Storage.Sqlite;

/// <summary>Which SQLite errors mean that the file or the disk is ill, and what to tell a person. Codes: https://sqlite.org/rescode.html</summary>
internal static class SqliteErrors
{
    /// <summary>Whether the whole transaction is lost, and not only the statement that failed.</summary>
    public static bool EndsTransaction(Exception e) => e is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
            or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_PERM or raw.SQLITE_INTERRUPT,
    };

    public static StorageException Describe(Exception e, string path) => new(
        e is not SqliteException sqlite ? $"Writing to {path} failed: {e.Message}" : sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => $"The disk of {path} is full. Nothing of this write was kept. Free some space; writing goes on by itself.",
            raw.SQLITE_IOERR => $"The disk of {path} reports an I/O error. Nothing of this write was kept. Check the disk and the system log.",
            raw.SQLITE_READONLY or raw.SQLITE_PERM => $"{path} can't be written. Give this process write access to the file and its folder.",
            raw.SQLITE_CANTOPEN => $"{path} can't be opened. Check that its folder exists and that this process may write there.",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => $"{path} is damaged or no SQLite database. Restore it from a backup.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{path} is locked by another process. Stop that process, or wait until it has finished.",
            _ => $"Writing to {path} failed: {sqlite.Message}",
        },
        e);
}
