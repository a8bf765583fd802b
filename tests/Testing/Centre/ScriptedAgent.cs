using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;

namespace Outrider.Testing.Centre;

/// <summary>An agent without a socket: enrolled and linked in the centre's own process, it answers tasks as the test says.</summary>
public sealed class ScriptedAgent(Func<TaskCreate, TaskResult> answer) : IAgentLink
{
    private readonly ConcurrentQueue<TaskCreate> _tasks = new();

    /// <summary>What it was asked.</summary>
    public IReadOnlyCollection<TaskCreate> Tasks => _tasks;

    /// <summary>Enrols and links an agent.</summary>
    public static async Task<ScriptedAgent> ConnectAsync(TestCentre centre, string tenant, string name, Func<TaskCreate, TaskResult> answer)
    {
        var agent = new ScriptedAgent(answer);
        if (!Credential.TryParse(await centre.CreateTokenAsync(tenant), out var token))
            throw new FormatException("The centre issued something that is no token.");
        var hello = new AgentHello
        {
            Agent = name,
            CredentialHash = Credential.Create(CredentialKind.Agent, tenant, "", Encoding.UTF8.GetBytes(name.PadRight(32))).Hash,
            TokenId = token.Id,
            TokenHash = token.Hash,
            Boot = "1",
            Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql"] },
        };
        var link = centre.App.Services.GetRequiredService<IObservers>().Register<IAgentLink>(agent);
        var session = await centre.Grains.Get<IAgent>(GrainKeys.Join(tenant, name)).ConnectAsync(hello, link);
        return session.Ok ? agent : throw new InvalidOperationException(session.Problem.Message);
    }

    /// <summary>A successful answer of rows.</summary>
    public static TaskResult Rows(TaskCreate task, IReadOnlyCollection<RowSetColumn> columns, IEnumerable<string?[]> rows, string? truncated = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        RowSetWriter.WriteHeader(bytes, columns);
        var count = 0;
        foreach (var row in rows)
        {
            count++;
            foreach (var cell in row)
            {
                if (cell is null)
                    RowSetWriter.WriteNull(bytes);
                else
                    RowSetWriter.WriteCell(bytes, Encoding.UTF8.GetBytes(cell));
            }
        }
        var completion = new TaskComplete
        {
            TaskId = task.TaskId, Status = TaskStatuses.Success, Rows = count, Truncated = truncated, ElapsedMs = 1.5, PayloadBytes = bytes.WrittenCount,
        };
        return new TaskResult(completion, bytes.WrittenSpan.ToArray());
    }

    /// <summary>A failed answer.</summary>
    public static TaskResult Failure(TaskCreate task, Problem problem) =>
        new(new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Failed, Problem = problem }, []);

    public Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation)
    {
        _tasks.Enqueue(task);
        return Task.FromResult(answer(task));
    }

    public Task CloseAsync(Problem reason) => Task.CompletedTask;

    public Task<Outcome<Done>> SendAsync(TaskMessage message) =>
        Task.FromResult<Outcome<Done>>(new Problem(ProblemCodes.AgentLacksCapability, "It runs no tasks."));

    public Task<bool> PingAsync() => Task.FromResult(true);

    public Task<DateTimeOffset?> LastHeardAsync(string session) => Task.FromResult<DateTimeOffset?>(null);
}
