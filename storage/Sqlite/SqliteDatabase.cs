using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// One SQLite file: one writer with group commit, and some connections for readers that never wait for it (WAL). Other parts of the
/// store put their tables next to each other in one file, each with its own <see cref="SqliteSchema"/>.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly string _path;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SemaphoreSlim _readerGate = new(Math.Max(2, Environment.ProcessorCount));
    private int _closed;

    private SqliteDatabase(string path, SqliteSession writer)
    {
        _path = path;
        _writer = new SqliteWriter(writer, path);
    }

    /// <summary>Opens or creates the file and brings its tables up to date.</summary>
    /// <exception cref="StorageException">The file can't be used, or was written by a newer version of this program.</exception>
    public static SqliteDatabase Open(string path, params IReadOnlyList<SqliteSchema> schemas)
    {
        SqliteEngine.Bind();
        SqliteSession? session = null;
        try
        {
            session = Connect(path, SqliteOpenMode.ReadWriteCreate);
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            // 16 MB of WAL between checkpoints: each of them is one more fsync for a batch.
            session.Execute("PRAGMA wal_autocheckpoint=4096");
            SqliteMigrator.Apply(session, path, schemas);
            return new SqliteDatabase(path, session);
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw SqliteErrors.Describe(e, path);
        }
        catch (StorageException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> on the writer's thread, inside a transaction it may share with others; durable when this returns.
    /// When the work throws, what it did is undone and its exception comes back; nobody else is touched.
    /// </summary>
    /// <param name="cancellation">Ends the wait for a place in the queue; a write that has its place is always carried out.</param>
    /// <exception cref="StorageException">The disk is full or ill: nothing was kept. The next write is tried anew.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation = default) =>
        _writer.WriteAsync(work, cancellation);

    /// <summary>
    /// Runs <paramref name="work"/> on a reading connection and the caller's thread, which SQLite blocks while it reads; it sees what was
    /// committed before it began.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation = default)
    {
        await _readerGate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return Read(work);
        }
        finally
        {
            _readerGate.Release();
        }
    }

    /// <summary>Carries out what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
            return;
        await _writer.DisposeAsync().ConfigureAwait(false);
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _readerGate.Dispose();
    }

    internal static SqliteSession Connect(string path, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 10 };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute("PRAGMA busy_timeout=10000");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) == 1, this);
        try
        {
            if (!_readers.TryTake(out var session))
                session = Connect(_path, SqliteOpenMode.ReadOnly);
            try
            {
                return work(session);
            }
            finally
            {
                _readers.Add(session);
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Describe(e, _path);
        }
    }
}
