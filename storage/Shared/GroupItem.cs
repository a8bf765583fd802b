namespace Outrider.Storage.Shared;

/// <summary>One caller's work on its way into the database.</summary>
internal abstract class GroupItem(long started)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Timestamp of the call.</summary>
    public long Started => started;

    /// <summary>What it adds to the size of its group.</summary>
    public abstract int Size { get; }

    public Task Done => _done.Task;

    public void Commit() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
