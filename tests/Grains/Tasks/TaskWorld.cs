using System.Text;
using System.Text.Json;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;
using Outrider.Testing.Tasks;
using Outrider.Testing.Time;

namespace Outrider.Tests.Grains.Tasks;

/// <summary>A tenant whose agents are links that the test holds, and the grains of tasks over a store in memory.</summary>
internal sealed class TaskWorld : IAsyncDisposable
{
    public const string Tenant = "demo";

    private string _token = null!;

    public TestHost Host { get; private set; } = null!;

    public MemoryTaskStore Store { get; } = new();

    public FakeTime Time => Host.Time;

    public IGrains Grains => Host.Host.Grains;

    public ITaskSettings Settings => Grains.Get<ITaskSettings>(Tenant);

    public static async Task<TaskWorld> StartAsync()
    {
        var world = new TaskWorld();
        var registry = LinkGrains.Registry()
            .Add<ITaskSettings>("settings", a => new TaskSettings(a.Context, a.State<TaskSettingsState>()))
            .Add<IAgentTask>("task", a => new AgentTask(a.Context, world.Store, new KnownFiles()))
            .Add<IAgentTasks>("tasks", a => new AgentTasks(a.Context, world.Store))
            .Add<IFanout>("fanout", a => new Fanout(a.Context, world.Store));
        world.Host = await TestHost.StartAsync(registry);
        world._token = await world.Host.Host.CreateTenantAsync(Tenant);
        return world;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public IAgentTask Task(string id) => Grains.Get<IAgentTask>(GrainKeys.Join(Tenant, id));

    public IFanout Fanout(string id) => Grains.Get<IFanout>(GrainKeys.Join(Tenant, id));

    public IAgentTasks TasksOf(string agent) => Grains.Get<IAgentTasks>(GrainKeys.Join(Tenant, agent));

    /// <summary>Links an agent, anew if it was linked.</summary>
    public async Task<LinkedOne> LinkAsync(string agent)
    {
        Assert.True(Credential.TryParse(_token, out var token));
        var link = new FakeLink();
        var reference = Host.Host.Observers.Register<IAgentLink>(link);
        var session = await Agent(agent).ConnectAsync(
            new AgentHello
            {
                Agent = agent,
                CredentialHash = Credential.Create(CredentialKind.Agent, Tenant, "", Encoding.UTF8.GetBytes(agent.PadRight(32))).Hash,
                TokenId = token.Id,
                TokenHash = token.Hash,
                Boot = "1",
                Facts = new AgentFacts { Version = "0.1.0", Capabilities = [LinkProtocol.Tasks, TaskTypes.Shell, TaskTypes.File] },
            },
            reference);
        return new LinkedOne(link, reference, session.Value!.Session);
    }

    /// <summary>The agent's link is lost.</summary>
    public async Task UnlinkAsync(string agent, LinkedOne link)
    {
        Host.Host.Observers.Release(link.Reference);
        await Agent(agent).DisconnectAsync(link.Session);
    }

    public IAgent Agent(string agent) => Grains.Get<IAgent>(GrainKeys.Join(Tenant, agent));

    /// <summary>What a sweep does: wakes what is due, until nothing is.</summary>
    public async Task SweepAsync()
    {
        while (await Store.ListDueAsync(Time.GetUtcNow(), 1_000, CancellationToken.None) is { Count: > 0 } due)
        {
            foreach (var one in due)
                await (one.IsFanout ? Fanout(one.Id).GetAsync() : Task(one.Id).WakeAsync());
        }
    }

    public static TaskRequest Request(string agent, string command = "true") =>
        new() { Agent = agent, Type = TaskTypes.Shell, Command = command, CreatedBy = "key-1" };

    public static TaskComplete End(string task, string status = TaskStatuses.Success, int attempt = 1, Problem? problem = null) => new()
    {
        TaskId = task,
        Attempt = attempt,
        Status = status,
        Problem = problem ?? (status == TaskStatuses.Success ? null : new Problem(ProblemCodes.CommandFailed, "It ended with 1.")),
        ExitCode = status == TaskStatuses.Success ? 0 : 1,
        Result = JsonSerializer.SerializeToElement("out"),
        StartedAt = 1,
        FinishedAt = 2,
        Log = new LogTotals(1, 3),
    };

    /// <summary>Waits until the task is so.</summary>
    public async Task<TaskRecord> UntilAsync(string id, Func<TaskRecord, bool> isSo)
    {
        using var limit = new CancellationTokenSource(TestTimeouts.Default);
        while (true)
        {
            if (await Task(id).GetAsync() is { Ok: true, Value: var task } && isSo(task))
                return task;
            limit.Token.ThrowIfCancellationRequested();
            await System.Threading.Tasks.Task.Yield();
        }
    }

    /// <summary>One link of an agent.</summary>
    internal sealed record LinkedOne(FakeLink Link, ObserverRef<IAgentLink> Reference, string Session)
    {
        /// <summary>The next message that came over it.</summary>
        public async Task<TaskMessage> NextAsync() => await Link.Messages.Reader.ReadAsync().AsTask().WaitAsync(TestTimeouts.Default);

        /// <summary>Whether nothing has come that wasn't read.</summary>
        public bool IsQuiet => !Link.Messages.Reader.TryPeek(out _);
    }

    private sealed class KnownFiles : ITaskFiles
    {
        public ValueTask<Outcome<TaskFile>> GrantAsync(string tenant, string agent, string file, DateTimeOffset until, CancellationToken cancellation) =>
            ValueTask.FromResult<Outcome<TaskFile>>(file == "known"
                ? new TaskFile(file, "a.txt", 3, "00", "granted")
                : new Problem(ProblemCodes.FileNotFound, $"There is no file '{file}'."));
    }
}
