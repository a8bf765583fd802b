using System.Collections.Concurrent;
using Outrider.Agent.Executors;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>Runs tasks as a test says; until it says something else, each waits to be released or told to stop.</summary>
internal sealed class FakeExecutor(string type = TaskTypes.Shell) : IExecutor
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _release = new();
    private readonly ConcurrentQueue<string> _runs = new();
    private int _running;

    public string Type => type;

    /// <summary>The tasks that were run, in order.</summary>
    public IReadOnlyCollection<string> Runs => _runs;

    /// <summary>How many run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>What a task does before it waits.</summary>
    public Func<TaskCreate, ITaskOutput, CancellationToken, Task> Work { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>How a task ends that was released.</summary>
    public Func<TaskCreate, TaskComplete> End { get; set; } = task => new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success };

    /// <summary>Lets a task end, whether it runs already or will.</summary>
    public void Release(string task) => ReleaseOf(task).TrySetResult();

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) => ValueTask.FromResult<Problem?>(null);

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _running);
        _runs.Enqueue(task.TaskId);
        try
        {
            await Work(task, output, cancellation);
            await ReleaseOf(task.TaskId).Task.WaitAsync(cancellation);
            return End(task);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private TaskCompletionSource ReleaseOf(string task) =>
        _release.GetOrAdd(task, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
