using System.Threading.Channels;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Testing.Link;

/// <summary>A link that is only an object: answers pings as told and remembers why it was closed.</summary>
public sealed class FakeLink : IAgentLink
{
    private readonly TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Problem> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Lives { get; set; } = true;

    /// <summary>Whether it leaves pings without an answer, as a process does that was killed.</summary>
    public bool Hangs { get; set; }

    /// <summary>Completes when the grain pings it.</summary>
    public Task Pinged => _pinged.Task;

    /// <summary>Completes with the reason when the grain closes it.</summary>
    public Task<Problem> Closed => _closed.Task;

    public Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation) =>
        Task.FromResult(new TaskResult(new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success }, []));

    /// <summary>What tasks have sent, in order.</summary>
    public Channel<TaskMessage> Messages { get; } = Channel.CreateUnbounded<TaskMessage>();

    public Task<Outcome<Done>> SendAsync(TaskMessage message)
    {
        Messages.Writer.TryWrite(message);
        return Task.FromResult<Outcome<Done>>(Done.Value);
    }

    public Task<bool> PingAsync()
    {
        _pinged.TrySetResult();
        return Hangs ? new TaskCompletionSource<bool>().Task : Task.FromResult(Lives);
    }

    /// <summary>What it answers to who asks for it by any session.</summary>
    public DateTimeOffset? LastHeard { get; set; }

    public Task<DateTimeOffset?> LastHeardAsync(string session) => Task.FromResult(LastHeard);

    public Task CloseAsync(Problem reason)
    {
        _closed.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
