using System.Collections.Concurrent;
using Outrider.Agent.Executors;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Link;

/// <summary>Runs the queries of an agent, over all its links: at most <see cref="LinkProtocol.MaxTasks"/> at once.</summary>
public sealed class TaskRunner(TaskGate gate, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Runs a query to its end; failures of any kind are in what it returns. Its payload's length is for the link to fill in.</summary>
    /// <param name="task">What to do.</param>
    /// <param name="output">Where its bytes go.</param>
    /// <param name="cancellation">Fires when whoever asked is gone.</param>
    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var completion = await RunBoundedAsync(task, output, cancellation);
        return completion with
        {
            TaskId = task.TaskId,
            Problem = LinkProtocol.Clip(completion.Problem),
            ElapsedMs = time.GetElapsedTime(started).TotalMilliseconds,
        };
    }

    /// <summary>Cancels a task. One that isn't running has ended, and its end is on its way.</summary>
    public void Cancel(string task)
    {
        if (!_running.TryGetValue(task, out var cancellation))
            return;
        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    private async Task<TaskComplete> RunBoundedAsync(TaskCreate task, ITaskOutput output, CancellationToken lost)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(lost);
        if (Interlocked.Increment(ref _count) > LinkProtocol.MaxTasks)
        {
            Interlocked.Decrement(ref _count);
            return Failed(task, ProblemCodes.AgentBusy, $"The agent runs {LinkProtocol.MaxTasks} tasks, the most at once.");
        }
        try
        {
            if (!task.Check && task.Type != TaskTypes.Sql)
                return Failed(task, ProblemCodes.InvalidArgument, $"'{task.Type}' is no query: it needs an attempt, so that it is journalled.");
            if (!_running.TryAdd(task.TaskId, cancellation))
                return Failed(task, ProblemCodes.Conflict, $"Task '{task.TaskId}' is running.");
            try
            {
                return task.Check ? await CheckAsync(task, cancellation.Token) : await gate.RunAsync(task, output, cancellation.Token);
            }
            finally
            {
                _running.TryRemove(task.TaskId, out _);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task<TaskComplete> CheckAsync(TaskCreate task, CancellationToken cancellation) =>
        await gate.CheckAsync(task, cancellation) is { } refused
            ? new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Failed, Problem = refused }
            : new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success };

    private static TaskComplete Failed(TaskCreate task, string code, string message) =>
        new() { TaskId = task.TaskId, Status = TaskStatuses.Failed, Problem = new Problem(code, message) };
}
