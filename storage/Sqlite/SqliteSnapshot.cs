using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// Some SQLite files as they are at one moment, the same for all of them, while other processes go on reading and writing them. What is
/// copied from it is what a crash at that moment would have left.
/// </summary>
public sealed class SqliteSnapshot : IDisposable
{
    /// <summary>Pages copied between two looks at the cancellation: 4 MB.</summary>
    private const int PagesAtOnce = 1_024;

    private readonly Dictionary<string, SqliteSession> _readers;

    private SqliteSnapshot(Dictionary<string, SqliteSession> readers) => _readers = readers;

    /// <summary>Takes the moment. Who writes to the files waits until it is taken, some milliseconds, and not for the copying.</summary>
    /// <exception cref="StorageException">A file can't be used.</exception>
    public static SqliteSnapshot Take(IReadOnlyList<string> paths)
    {
        SqliteEngine.Bind();
        var readers = new Dictionary<string, SqliteSession>(StringComparer.Ordinal);
        // While all files are locked against writing nothing happens between the beginnings of the reads.
        var locks = new List<SqliteSession>();
        try
        {
            foreach (var path in paths)
                locks.Add(Begin(path, "BEGIN IMMEDIATE"));
            foreach (var path in paths)
                readers.Add(path, Begin(path, "BEGIN"));
            return new SqliteSnapshot(readers);
        }
        catch
        {
            foreach (var reader in readers.Values)
                reader.Dispose();
            throw;
        }
        finally
        {
            locks.ForEach(held => held.Dispose());
        }
    }

    /// <summary>Copies a file of the snapshot, page by page and durably.</summary>
    /// <exception cref="StorageException">It can't be read, or the copy can't be written.</exception>
    public void Copy(string path, string to, CancellationToken cancellation)
    {
        try
        {
            using var target = SqliteDatabase.Connect(to, SqliteOpenMode.ReadWriteCreate);
            using var backup = raw.sqlite3_backup_init(target.Connection.Handle, "main", _readers[path].Connection.Handle, "main");
            int result;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                result = raw.sqlite3_backup_step(backup, PagesAtOnce);
            }
            while (result == raw.SQLITE_OK);
            // Of an extended code the low byte says what happened.
            SqliteException.ThrowExceptionForRC(result & 0xFF, target.Connection.Handle);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_FULL)
        {
            throw new StorageException($"The disk is full: {to} can't be written. Free some space, or name another place.", e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Describe(e, to);
        }
    }

    public void Dispose()
    {
        foreach (var reader in _readers.Values)
            reader.Dispose();
    }

    private static SqliteSession Begin(string path, string begin)
    {
        SqliteSession? session = null;
        try
        {
            session = SqliteDatabase.Connect(path, SqliteOpenMode.ReadWrite);
            session.Execute(begin);
            // A transaction sees the file as it is at its first read.
            session.QueryFirst("SELECT COUNT(*) FROM sqlite_schema", row => row.GetInt32(0));
            return session;
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw SqliteErrors.Describe(e, path);
        }
    }
}
