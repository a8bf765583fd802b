using System.Threading.Channels;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>An agent's end of the link: takes what tasks send, and answers checks by the command.</summary>
internal sealed class TaskLink : IAgentLink
{
    /// <summary>A command that its policy doesn't let through.</summary>
    public const string Forbidden = "rm -rf /";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<TaskMessage> _messages = Channel.CreateUnbounded<TaskMessage>();

    /// <summary>The task that it was asked last whether it would run.</summary>
    public TaskCreate? Checked { get; private set; }

    /// <summary>The next message, once it has come.</summary>
    public Task<TaskMessage> MessageAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    public Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        Checked = task;
        var refused = new Problem(ProblemCodes.PolicyRefused, "rm may not run here.") { Details = new() { ["rule"] = "shell.deny[0]" } };
        return Task.FromResult(new TaskResult(
            new TaskComplete
            {
                TaskId = task.TaskId,
                Status = task.Command == Forbidden ? TaskStatuses.Failed : TaskStatuses.Success,
                Problem = task.Command == Forbidden ? refused : null,
            },
            []));
    }

    public Task<Outcome<Done>> SendAsync(TaskMessage message)
    {
        _messages.Writer.TryWrite(message);
        return Task.FromResult<Outcome<Done>>(Done.Value);
    }

    public Task<bool> PingAsync() => Task.FromResult(true);

    public Task<DateTimeOffset?> LastHeardAsync(string session) => Task.FromResult<DateTimeOffset?>(DateTimeOffset.MaxValue);

    public Task CloseAsync(Problem reason) => Task.CompletedTask;
}
