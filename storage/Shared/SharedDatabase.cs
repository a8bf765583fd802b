using System.Data;
using System.Data.Common;

namespace Outrider.Storage.Shared;

/// <summary>
/// The one database that all nodes of a cluster share. Nobody waits for it longer than <see cref="Limit"/>; an error that may pass is
/// tried again for <see cref="RetryFor"/>. Who composes brings the driver.
/// </summary>
/// <param name="source">
/// Gives connections, from a pool; the owner disposes it after all stores on it. Npgsql 10.0.0 needs <c>Gss Encryption Mode=Disable</c>:
/// a connection cut while it asks for encryption stays in its pool and fails for ever (https://github.com/npgsql/npgsql/issues/6415).
/// </param>
/// <param name="time">For limits and pauses.</param>
public sealed class SharedDatabase(DbDataSource source, SqlDialect dialect, TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one piece of work may take, with all its tries.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its start a piece of work may still be tried again.</summary>
    public static TimeSpan RetryFor { get; } = TimeSpan.FromSeconds(5);

    public SqlDialect Dialect => dialect;

    internal TimeProvider Time => time;

    /// <summary>Runs work on a connection, and once more with another one when an error that may pass ended it.</summary>
    /// <param name="work">Must be safe to repeat: a connection may be lost after its statements were carried out.</param>
    /// <exception cref="StorageException">The database is away, slow, or refused a statement; its inner exception is the driver's.</exception>
    public Task<T> RunAsync<T>(Func<SharedSession, Task<T>> work, CancellationToken cancellation) =>
        RunOnAsync((connection, either) => work(new SharedSession(connection, Limit, either)), cancellation);

    /// <summary>
    /// As <see cref="RunAsync"/>, in a transaction: all that the work does is carried out, or nothing. Each statement sees what others have
    /// committed until then.
    /// </summary>
    /// <param name="work">
    /// Must be safe to repeat. Locks rows in the order lease, tenant, agents by number, change number, so that nobody waits in a circle.
    /// </param>
    /// <exception cref="StorageException">The database is away, slow, or refused a statement; its inner exception is the driver's.</exception>
    internal Task<T> TransactAsync<T>(Func<SharedSession, Task<T>> work, CancellationToken cancellation) =>
        RunOnAsync(async (connection, either) =>
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, either).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(new SharedSession(connection, Limit, either, transaction)).ConfigureAwait(false);
                await transaction.CommitAsync(either).ConfigureAwait(false);
                return result;
            }
        }, cancellation);

    /// <summary>Runs work on a connection once, without a limit but each command's. The driver's exceptions come through.</summary>
    internal async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            return await work(connection).ConfigureAwait(false);
    }

    private async Task<T> RunOnAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var either = both.Token;
        Exception? last = null;
        try
        {
            for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
            {
                try
                {
                    // A driver may take its time to cancel, as it tells a server that doesn't answer; nobody waits for that.
                    return await UseAsync(connection => work(connection, either), either)
                        .WaitAsync(either).ConfigureAwait(false);
                }
                catch (Exception e) when (SharedErrors.IsTransient(e) && !either.IsCancellationRequested && time.GetElapsedTime(started) < RetryFor)
                {
                    last = e;
                }
                await Task.Delay(pause, time, either).ConfigureAwait(false);
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (limit.IsCancellationRequested)
        {
            throw SharedErrors.TooSlow(Limit, last ?? e);
        }
        catch (Exception e) when (e is DbException || SharedErrors.IsTransient(e))
        {
            throw SharedErrors.Describe(e);
        }
    }
}
