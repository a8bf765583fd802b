using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>The queries of one link: sends them, awaits their ends, cancels them. Thread-safe.</summary>
internal sealed class LinkQueries(GatewayContext gateway, FrameSender sender)
{
    private readonly LinkConversation _conversation = new(gateway.Budget, gateway.Options.MaxPayloadBytes);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The agent is registered. Tasks wait for <see cref="Start"/>, so that none overtakes the answer to that.</summary>
    public void Open(List<string> capabilities)
    {
        lock (_lock)
            _conversation.Open(capabilities);
    }

    public void Start() => _opened.TrySetResult();

    /// <summary>The link is over: what runs is lost, and nothing more is begun.</summary>
    public void End()
    {
        lock (_lock)
            _conversation.End();
        _opened.TrySetResult();
    }

    /// <inheritdoc cref="LinkConversation.Receive(Frame)"/>
    public Problem? Receive(Frame frame)
    {
        lock (_lock)
            return _conversation.Receive(frame);
    }

    /// <inheritdoc cref="LinkConversation.Complete"/>
    public Problem? Complete(TaskComplete completion)
    {
        lock (_lock)
            return _conversation.Complete(completion);
    }

    /// <summary>Takes a binary frame in. A problem is a violation.</summary>
    public Problem? Receive(ReadOnlySpan<byte> frame)
    {
        PendingTask? overflowed;
        Problem? overflow;
        lock (_lock)
        {
            if (_conversation.Receive(frame, out overflowed, out overflow) is { } wrong)
                return wrong;
        }
        if (overflowed is not null)
        {
            overflowed.Ended.TrySetResult(TaskResults.Ended(overflowed.Task, TaskStatuses.Failed, overflow!));
            _ = sender.SendAsync(new TaskCancel(overflowed.Task.TaskId), null, CancellationToken.None);
        }
        return null;
    }

    public async Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        gateway.Metrics.TaskStarted();
        try
        {
            await _opened.Task.WaitAsync(cancellation);
            var pending = new PendingTask(task);
            return await SendAsync(pending, cancellation) is { } unsent
                ? TaskResults.Refused(task, unsent)
                : await AwaitAsync(pending, cancellation);
        }
        catch (OperationCanceledException)
        {
            return TaskResults.Refused(task, new Problem(ProblemCodes.Canceled, "The task was canceled."));
        }
        finally
        {
            gateway.Metrics.TaskEnded();
        }
    }

    private async Task<Problem?> SendAsync(PendingTask pending, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_conversation.Begin(pending) is { } refused)
                return refused;
        }
        var unsent = await sender.SendAsync(pending.Task, null, cancellation);
        if (unsent is not null)
        {
            lock (_lock)
                _conversation.Forget(pending);
        }
        return unsent;
    }

    /// <summary>Awaits a task's end, its time limit or the caller's patience, whichever comes first.</summary>
    private async Task<TaskResult> AwaitAsync(PendingTask pending, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromMilliseconds((pending.Task.Limits ?? SqlLimits.Default).TimeoutMs) + gateway.Options.TaskGrace;
        try
        {
            return await pending.Ended.Task.WaitAsync(limit, gateway.Time, cancellation);
        }
        catch (TimeoutException)
        {
            Cancel(pending);
            return TaskResults.Ended(pending.Task, TaskStatuses.Lost,
                new Problem(ProblemCodes.TimedOut, $"The agent has not answered for {limit.TotalSeconds} s, longer than the task may take."));
        }
        catch (OperationCanceledException)
        {
            Cancel(pending);
            throw;
        }
    }

    private void Cancel(PendingTask pending)
    {
        bool runs;
        lock (_lock)
            runs = _conversation.Abandon(pending);
        if (runs)
            _ = sender.SendAsync(new TaskCancel(pending.Task.TaskId), null, CancellationToken.None);
    }
}
