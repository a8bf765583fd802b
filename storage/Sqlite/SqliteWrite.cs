namespace Outrider.Storage.Sqlite;

/// <summary>One caller's part of a group commit.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Runs the work inside the open transaction, and keeps its result or exception for the end of the batch.</summary>
    /// <returns>Null when it worked.</returns>
    public abstract Exception? Run(SqliteSession session);

    /// <summary>Tells the caller that its work is durable.</summary>
    public abstract void Commit();

    /// <summary>Tells the caller that nothing of its work was kept.</summary>
    public abstract void Fail(Exception reason);
}

internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override Exception? Run(SqliteSession session)
    {
        try
        {
            _result = work(session);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    public override void Commit() => _done.TrySetResult(_result!);

    public override void Fail(Exception reason) => _done.TrySetException(reason);
}
