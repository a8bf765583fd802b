namespace Outrider.Silo.OrleansClient.Calls;

/// <summary>A call that waits for its answer or its deadline, whichever comes first.</summary>
/// <remarks>Its task ends when either has come; the answer itself is read from the call.</remarks>
internal sealed class PendingCall : TaskCompletionSource
{
    /// <summary>When it is overdue, by the clock's timestamps.</summary>
    public long Due { get; init; }

    /// <summary>Which part of <see cref="CallDeadlines"/> it waits in.</summary>
    public int Part { get; init; }

    /// <summary>Stops the method when the call is overdue; null: it can't be stopped.</summary>
    public CancellationTokenSource? Cancellation { get; init; }

    public bool IsOverdue { get; private set; }

    internal PendingCall? Previous { get; set; }

    internal PendingCall? Next { get; set; }

    public void Expire()
    {
        IsOverdue = true;
        Cancellation?.Cancel();
        TrySetResult();
    }

    /// <summary>Waits until the answer is there or the call is overdue.</summary>
    public Task UntilAsync(Task answer)
    {
        if (answer.IsCompleted)
            return answer;
        answer.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => TrySetResult());
        return Task;
    }
}
