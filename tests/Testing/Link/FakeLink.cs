using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Testing.Link;

/// <summary>A link that is only an object: answers pings as told and remembers why it was closed.</summary>
public sealed class FakeLink : IAgentLink
{
    private readonly TaskCompletionSource<Problem> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Lives { get; set; } = true;

    /// <summary>Completes with the reason when the grain closes it.</summary>
    public Task<Problem> Closed => _closed.Task;

    public Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation) =>
        Task.FromResult(new TaskResult(new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success }, []));

    public Task<bool> PingAsync() => Task.FromResult(Lives);

    /// <summary>What it answers to who asks for it by any session.</summary>
    public DateTimeOffset? LastHeard { get; set; }

    public Task<DateTimeOffset?> LastHeardAsync(string session) => Task.FromResult(LastHeard);

    public Task CloseAsync(Problem reason)
    {
        _closed.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
