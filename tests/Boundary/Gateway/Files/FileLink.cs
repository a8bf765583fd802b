using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Agent.Configuration;
using Outrider.Agent.Files;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Api.Gateway;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Files;
using Outrider.Grains.Audit;
using Outrider.Grains.Files;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Silo.Hosting;
using Outrider.Storage.Files;
using Outrider.Storage.Sqlite;
using Outrider.Testing.Link;
using Outrider.Testing.MySql;
using Outrider.Tests.Boundary.Mcp;

namespace Outrider.Tests.Boundary.Gateway.Files;

/// <summary>A gateway that moves files, and the real agent <c>db-1</c> linked to it through a proxy that can cut. All on the real clock.</summary>
public sealed class FileLink : IAsyncLifetime, IFileIntake
{
    /// <summary>The task that may bring files.</summary>
    public const string OpenTask = "t-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-files-").FullName;
    private readonly StringWriter _log = new();
    private CancellationTokenSource _stopping = new();
    private SqliteDatabase _database = null!;
    private Task _running = Task.CompletedTask;

    internal RecordingStore Store { get; private set; } = null!;

    public FileKeeper Keeper { get; private set; } = null!;

    public FileGrants Grants { get; private set; } = null!;

    internal MemoryAudit Audit { get; } = new();

    public GatewayHost Gateway { get; private set; } = null!;

    public FaultyProxy Proxy { get; private set; } = null!;

    /// <summary>Of the agent that runs now.</summary>
    public FileTransfers Transfers { get; private set; } = null!;

    /// <summary>A place for files on the agent's machine.</summary>
    public string Here(string name) => Path.Combine(_folder, name);

    public async Task InitializeAsync()
    {
        _database = SqliteDatabase.Open(Here("index.db"), SqliteFileIndex.Schema);
        Store = new RecordingStore(new DiskFileStore(Here("store"), TimeProvider.System, reserve: 0));
        Keeper = new FileKeeper(new SqliteFileIndex(_database), Store);
        Grants = new FileGrants(Credential.Create(CredentialKind.Platform, "", "", RandomNumberGenerator.GetBytes(32)), TimeProvider.System);
        Gateway = await GatewayHost.StartAsync(
            services: services => services.AddSingleton<GatewayFiles>().AddSingleton(Keeper).AddSingleton<IFileGrants>(Grants)
                .AddSingleton<Auditor>().AddSingleton<IAuditLog>(Audit).AddSingleton<IFileIntake>(this),
            time: TimeProvider.System);
        Proxy = FaultyProxy.Start(Gateway.Url.Port, FaultyProxy.Fault.Cut);
        await StartAgentAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAgentAsync();
        await Proxy.DisposeAsync();
        await Gateway.DisposeAsync();
        await _database.DisposeAsync();
        _stopping.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public ValueTask<Problem?> AdmitAsync(string tenant, string agent, string task, CancellationToken cancellation) =>
        ValueTask.FromResult((tenant, agent, task) is ("demo", "db-1", OpenTask) ? null : new Problem(ProblemCodes.TaskNotFound, "No such task."));

    /// <summary>Stops the agent's process, as far as that goes here, and starts another one on the same folder.</summary>
    public async Task RestartAgentAsync()
    {
        await StopAgentAsync();
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        await StartAgentAsync();
    }

    /// <summary>Puts a file of the tenant into the centre.</summary>
    public async Task<StoredFile> KeepAsync(byte[] content, string tenant = "demo")
    {
        await using var upload = (await Store.BeginAsync(tenant, null, 0, default)).Value!;
        await upload.WriteAsync(content, default);
        var kept = await Keeper.KeepAsync(tenant, upload, new StoredFile
        {
            Id = Guid.NewGuid().ToString("N"), Name = "data.bin", Size = content.Length, ContentType = FileTypes.Unknown,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), Kind = FileKind.Artefact, CreatedAt = DateTimeOffset.UnixEpoch, CreatedBy = "test",
        });
        Store.Opened.Clear();
        Store.Begun.Clear();
        return kept.Value!;
    }

    /// <summary>The file as a task of the agent names it.</summary>
    public TaskFile Grant(StoredFile file, string tenant = "demo", string? agent = "db-1", int seconds = 600) =>
        file.ToTaskFile(Grants.Issue(new FileGrant(tenant, agent, file.Id, DateTimeOffset.UtcNow.AddSeconds(seconds))));

    public async Task<byte[]> ReadAsync(StoredFile file)
    {
        await using var content = (await Store.OpenAsync("demo", file.Sha256, default))!;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>An agent without manners that can move files.</summary>
    public async Task<RawAgent> LinkRawAsync(string name)
    {
        var hello = RawAgent.Hello(name, RawAgent.NewCredential(), Gateway.Token);
        return await RawAgent.LinkAsync(Gateway.Url, hello with { Facts = hello.Facts with { Capabilities = ["files"] } });
    }

    /// <summary>Stops the real agent and links one without manners in its place, with its credential.</summary>
    public async Task<RawAgent> LinkInPlaceAsync()
    {
        await StopAgentAsync();
        await Gateway.UntilAsync(async () => !(await Gateway.Agent("db-1").UseLinkAsync()).Ok, step: 0);
        Assert.True(Credential.TryParse((await File.ReadAllTextAsync(Path.Combine(Here("agent"), CredentialFile.Name))).Trim(), out var credential));
        var hello = RawAgent.Hello("db-1", credential);
        return await RawAgent.LinkAsync(Gateway.Url, hello with { Facts = hello.Facts with { Capabilities = ["files"] } });
    }

    private Task StartAgentAsync()
    {
        var options = new AgentOptions { Name = "db-1", EnrolmentToken = Gateway.Token, DataDirectory = Here("agent") };
        Directory.CreateDirectory(options.DataDirectory);
        var log = new AgentLog(TextWriter.Synchronized(_log), TimeProvider.System);
        Transfers = new FileTransfers(options.DataDirectory, log, TimeProvider.System);
        _running = new AgentHost
        {
            Options = options, Executors = [], Files = Transfers, Log = log, Time = TimeProvider.System,
            Transport = new WebSocketTransport(new Uri($"http://127.0.0.1:{Proxy.Port}"), options, TimeProvider.System),
        }.RunAsync(_stopping.Token);
        return Gateway.UntilAsync(async () => (await Gateway.Agent("db-1").UseLinkAsync()).Ok, step: 0);
    }

    private async Task StopAgentAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }
}
