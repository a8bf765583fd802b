using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Live;
using Outrider.Api.Mcp;
using Outrider.Api.Rest;
using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Audit;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Alerts;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;
using Outrider.Testing.Metrics;
using Outrider.Testing.Tasks;
using Outrider.Testing.Time;
using Outrider.Tests.Boundary.Mcp;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>
/// All front doors on real Kestrel over the grains of tasks, a store in memory and a clock that the test moves. The test plays the agents:
/// tenant acme has <c>db1</c>.
/// </summary>
internal sealed class TaskCentre : IAsyncDisposable
{
    private readonly Dictionary<string, string> _sessions = [];
    private string _token = "";
    private WebApplication _app = null!;

    public TestHost Host { get; private set; } = null!;

    public Uri Url { get; private set; } = null!;

    public FakeTime Time => Host.Time;

    public MemoryTaskStore Store { get; } = new();

    public MemoryAudit Audit { get; } = new();

    /// <summary>The end of the link to db1 at which its agent is.</summary>
    public TaskLink Link { get; private set; } = null!;

    public string ViewerKey { get; private set; } = "";

    public string OperatorKey { get; private set; } = "";

    public HttpClient Viewer { get; private set; } = null!;

    public HttpClient Operator { get; private set; } = null!;

    /// <summary>Another operator of the same tenant.</summary>
    public HttpClient Colleague { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    /// <summary>An admin of another tenant.</summary>
    public HttpClient Stranger { get; private set; } = null!;

    public string ColleagueKey { get; private set; } = "";

    /// <summary>Starts one.</summary>
    /// <param name="doors">The clock of the front doors; null: that of the grains.</param>
    /// <param name="live">Changes the live feed's options.</param>
    public static async Task<TaskCentre> StartAsync(TimeProvider? doors = null, Action<LiveOptions>? live = null)
    {
        var centre = new TaskCentre();
        centre.Host = await TestHost.StartAsync(LinkGrains.Registry()
            .Add<ITaskSettings>("settings", a => new TaskSettings(a.Context, a.State<TaskSettingsState>()))
            .Add<IAgentTask>("task", a => new AgentTask(a.Context, centre.Store, new OneTaskFile()))
            .Add<IAgentTasks>("tasks", a => new AgentTasks(a.Context, centre.Store))
            .Add<IFanout>("fanout", a => new Fanout(a.Context, centre.Store)));
        centre._token = await centre.Host.Host.CreateTenantAsync("acme");
        await centre.Host.Host.CreateTenantAsync("evil");
        await centre.StartDoorsAsync(doors ?? centre.Time, live);
        centre.ViewerKey = await centre.KeyAsync("acme", Role.Viewer, "viewer");
        centre.OperatorKey = await centre.KeyAsync("acme", Role.Operator, "operator");
        centre.ColleagueKey = await centre.KeyAsync("acme", Role.Operator, "colleague");
        centre.Viewer = centre.Client(centre.ViewerKey);
        centre.Operator = centre.Client(centre.OperatorKey);
        centre.Colleague = centre.Client(centre.ColleagueKey);
        centre.Admin = centre.Client(await centre.KeyAsync("acme", Role.Admin, "admin"));
        centre.Stranger = centre.Client(await centre.KeyAsync("evil", Role.Admin, "stranger"));
        centre.Link = await centre.ConnectAsync("db1");
        return centre;
    }

    public async Task<TaskLink> ConnectAsync(string agent, Dictionary<string, string>? labels = null)
    {
        Assert.True(Credential.TryParse(_token, out var token));
        var link = new TaskLink();
        var hello = new AgentHello
        {
            Agent = agent,
            CredentialHash = Credential.Create(CredentialKind.Agent, "acme", "", Encoding.UTF8.GetBytes(agent.PadRight(32))).Hash,
            TokenId = token.Id,
            TokenHash = token.Hash,
            Boot = "1",
            Facts = new AgentFacts { Version = "0.1.0", Capabilities = [LinkProtocol.Tasks, .. TaskTypes.All], Labels = labels },
        };
        var session = await Host.Host.Grains.Get<IAgent>(GrainKeys.Join("acme", agent)).ConnectAsync(hello, Host.Host.Observers.Register<IAgentLink>(link));
        Assert.Null(session.Problem);
        _sessions[agent] = session.Value!.Session;
        return link;
    }

    /// <summary>The agent's link is lost.</summary>
    public Task DisconnectAsync(string agent) =>
        Host.Host.Grains.Get<IAgent>(GrainKeys.Join("acme", agent)).DisconnectAsync(_sessions[agent]);

    public IAgentTask Task(string id) => Host.Host.Grains.Get<IAgentTask>(GrainKeys.Join("acme", id));

    /// <summary>The agent has begun the task.</summary>
    public async Task RunsAsync(string id, string agent = "db1") =>
        Assert.Null((await Task(id).ReportAsync(agent, new TaskReport(id, 1, TaskStatuses.Running, StartedAt: Milliseconds))).Problem);

    /// <summary>The task writes, in chunks from this number on; they are stored after the clock has moved on.</summary>
    public async Task WritesAsync(string id, uint number, long offset, params string[] texts)
    {
        var chunks = new List<LogChunk>();
        foreach (var text in texts)
        {
            chunks.Add(new LogChunk(number++, TaskStream.Stdout, Milliseconds, offset, Encoding.UTF8.GetBytes(text)));
            offset += Encoding.UTF8.GetByteCount(text);
        }
        Assert.Null((await Task(id).TakeLogAsync("db1", 1, LogChunkCodec.Join(chunks))).Problem);
    }

    /// <summary>The task ends, a second and a half after whatever was before.</summary>
    public async Task EndsAsync(string id, Problem? problem = null, LogTotals? log = null, string agent = "db1")
    {
        Time.Advance(TimeSpan.FromMilliseconds(1_500));
        Assert.Null((await Task(id).CompleteAsync(agent, new TaskComplete
        {
            TaskId = id,
            Attempt = 1,
            Status = problem is null ? TaskStatuses.Success : TaskStatuses.Failed,
            Problem = problem,
            ExitCode = problem is null ? 0 : 3,
            Result = JsonSerializer.SerializeToElement("done\n"),
            StartedAt = Milliseconds - 1_500,
            FinishedAt = Milliseconds,
            Log = log,
        })).Problem);
    }

    /// <summary>Moves the clock on until that is over.</summary>
    public async Task MoveUntilAsync(Task over)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (!over.IsCompleted && await pause.WaitForNextTickAsync())
            Time.Advance(TimeSpan.FromSeconds(1));
    }

    public HttpClient Client(string key)
    {
        var client = new HttpClient { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Viewer, Operator, Colleague, Admin, Stranger })
            client.Dispose();
        await _app.DisposeAsync();
        await Host.DisposeAsync();
    }

    private long Milliseconds => Time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task StartDoorsAsync(TimeProvider time, Action<LiveOptions>? live)
    {
        Assert.True(Credential.TryParse(McpCentre.NewPlatformKey(), out var platform));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(time)
            .AddSingleton(Host.Host.Grains)
            .AddSingleton(Host.Host.Observers)
            .AddSingleton(Host.Host.Feeds)
            .AddSingleton<IAuditLog>(Audit)
            .AddSingleton<IReportStore>(new NoReports())
            .AddSingleton<IMetricStore>(new MemoryMetricStore())
            .AddSingleton<IAlertStore>(new MemoryAlertStore())
            .AddSingleton<ITaskStore>(Store)
            .AddSingleton<ITaskFiles>(new OneTaskFile())
            .AddSingleton<IReadOnlyList<ExpertView>>(ExpertCatalog.Views)
            .AddCallers(new PlatformKey(platform.Hash), new RateLimitOptions { RequestBurst = 10_000, FailuresPerMinute = 1_000 })
            .AddRest()
            .AddLive(live)
            .AddMcp();
        _app = builder.Build();
        _app.UseProblems();
        _app.UseRouting();
        _app.UseCallers();
        _app.MapRest();
        _app.MapLive();
        _app.MapMcp().RequireCaller();
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
    }

    private async Task<string> KeyAsync(string tenant, Role role, string name) =>
        (await Host.Host.Grains.Get<ITenant>(tenant).IssueKeyAsync(new ApiKeyRequest(name, role, ExpiresAt: null))).Value!.Secret;
}
