using Outrider.Agent.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Cluster.Link;

/// <summary>The tasks that came over one link. Thread-safe.</summary>
internal sealed class RunningTasks : IDisposable
{
    private readonly TaskRunner _runner;
    private readonly PayloadBudget _budget;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationToken _isOver;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tasks that run, and one for the link itself.</summary>
    private int _count = 1;

    public RunningTasks(TaskRunner runner, PayloadBudget budget) => (_runner, _budget, _isOver) = (runner, budget, _over.Token);

    /// <summary>Runs a task to its end; what is still running when the link ends is lost.</summary>
    public async Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _count);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _isOver);
            using var payload = new PayloadBuffer(task, _budget);
            var completion = await _runner.RunAsync(task, payload, either.Token);
            if (payload.Overflow is { } overflow)
                return TaskResults.Refused(task, overflow);
            if (_isOver.IsCancellationRequested && completion.Problem?.Code == ProblemCodes.Canceled)
                return TaskResults.Refused(task, TaskResults.LinkLost);
            var bytes = payload.ToArray();
            return new TaskResult(completion with { PayloadBytes = bytes.Length }, bytes);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Cancels what runs and waits a moment for it, so that who awaits it is told.</summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider time)
    {
        await _over.CancelAsync();
        Leave();
        try
        {
            await _drained.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // It was told to stop; nobody waits for it any longer.
        }
    }

    public void Dispose() => _over.Dispose();

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
            _drained.TrySetResult();
    }
}
