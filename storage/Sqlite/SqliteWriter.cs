using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// The only writer of one database file. Writes that are waiting go into one transaction and share its fsync (group commit). A write
/// that fails by itself is rolled back alone; when the disk fails, the whole batch fails and the writer goes on with the next one.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueLength = 16_384;

    /// <summary>Bounds how long one transaction takes, and with it the wait of the first caller in it: about 20 ms of work.</summary>
    private const int BatchLength = 1_024;

    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly Channel<SqliteWrite> _queue = Channel.CreateBounded<SqliteWrite>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly List<SqliteWrite> _batch = new(BatchLength);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteWriter(SqliteSession session, string path)
    {
        _session = session;
        _path = path;
        // A thread of its own: fsync blocks for milliseconds, which a thread of the pool must not do.
        new Thread(Run) { IsBackground = true, Name = "sqlite writer" }.Start();
    }

    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        var write = new SqliteWrite<T>(work);
        if (!_queue.Writer.TryWrite(write))
        {
            try
            {
                await _queue.Writer.WriteAsync(write, cancellation).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                throw new ObjectDisposedException(_path, "The database is closed.");
            }
        }
        // Once queued it will be written: a caller that stopped waiting couldn't know whether it was.
        return await write.Done.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
        _session.Dispose();
    }

    private void Run()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _batch.Clear();
            try
            {
                RunBatch();
            }
            catch (Exception e)
            {
                RollBack();
                var reason = SqliteErrors.Describe(e, _path);
                foreach (var write in _batch)
                    write.Fail(reason);
            }
        }
        _ended.SetResult();
    }

    private void RunBatch()
    {
        if (_queue.Reader.TryRead(out var first))
            _batch.Add(first);
        _session.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < _batch.Count; i++)
        {
            RunOne(_batch[i]);
            if (_batch.Count < BatchLength && _queue.Reader.TryRead(out var next))
                _batch.Add(next);
        }
        _session.Execute("COMMIT");
        foreach (var write in _batch)
            write.Commit();
    }

    private void RunOne(SqliteWrite write)
    {
        _session.Execute("SAVEPOINT one");
        var failure = write.Run(_session);
        if (failure is not null)
        {
            if (SqliteErrors.EndsTransaction(failure))
                throw failure;
            _session.Execute("ROLLBACK TO one");
            write.Fail(failure);
        }
        _session.Execute("RELEASE one");
    }

    private void RollBack()
    {
        try
        {
            // SQLite has rolled back by itself after some of the errors.
            if (raw.sqlite3_get_autocommit(_session.Connection.Handle) == 0)
                _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The next BEGIN reports what is wrong, to the callers of its batch.
        }
    }
}
