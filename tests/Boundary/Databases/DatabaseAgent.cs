using System.Net;
using System.Text.Json;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Logging;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>The database executors of an agent, behind the gate, with files as the agent has them.</summary>
internal sealed class DatabaseAgent : IAsyncDisposable, IHostRules, IFileTransfers
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-databases-");
    private readonly DatabaseModule _module;
    private readonly TaskGate _gate;

    /// <param name="connections">The agent's connections.json.</param>
    /// <param name="databases">The section <c>databases</c> of its policy.json.</param>
    public DatabaseAgent(string connections, string databases)
    {
        Write(ConnectionCatalog.FileName, connections);
        Write("policy.json", $$$"""{"databases": {{{databases}}}}""");
        var policy = AgentPolicy.Load(Path.Combine(Folder, "policy.json"));
        var catalog = ConnectionCatalog.Load(Folder);
        Assert.True(policy.Ok && catalog.Ok, policy.Problem?.Message ?? catalog.Problem?.Message);
        _module = new DatabaseModule(
            policy.Value.Databases, new DatabaseSurroundings(Folder, catalog.Value, name => Secrets.GetValueOrDefault(name), this, this, TimeProvider.System));
        _gate = new TaskGate(_module.Executors, null, new AgentLog(TextWriter.Null, TimeProvider.System));
    }

    public string Folder => _folder.FullName;

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>What the centre's one file holds.</summary>
    public byte[] File { get; set; } = [];

    public IReadOnlyList<string> Types => _gate.Types;

    public IExecutor Executor(string type) => _module.Executors.Single(executor => executor.Type == type);

    public static TaskCreate Task(string type, string? command, string parameters, TaskFile? file = null) => new()
    {
        TaskId = "task-1",
        Type = type,
        Attempt = 1,
        Command = command,
        Params = JsonDocument.Parse(parameters).RootElement,
        File = file,
    };

    /// <summary>Runs a task as the engine does.</summary>
    public Task<TaskComplete> RunAsync(TaskCreate task, RecordedOutput? output = null, CancellationToken cancellation = default) =>
        _gate.RunAsync(task, output ?? new RecordedOutput(), cancellation);

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    ValueTask<Outcome<IReadOnlyList<IPAddress>>> IHostRules.ResolveAsync(string host, int port, CancellationToken cancellation) =>
        ValueTask.FromResult<Outcome<IReadOnlyList<IPAddress>>>(host == "allowed.test"
            ? new Outcome<IReadOnlyList<IPAddress>> { Value = [IPAddress.Loopback] }
            : new Problem(ProblemCodes.PolicyRefused, "Not that host.") { Details = new() { ["rule"] = "hosts" } });

    async Task<Problem?> IFileTransfers.FetchAsync(TaskFile file, string path, CancellationToken cancellation)
    {
        await System.IO.File.WriteAllBytesAsync(path, File, cancellation);
        return null;
    }

    Task<Outcome<string>> IFileTransfers.StoreAsync(string task, string name, FileStream content, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        await _module.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
