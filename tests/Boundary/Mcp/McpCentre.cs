using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Mcp;
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
using Outrider.Silo.Embedded;
using Outrider.Testing.Alerts;
using Outrider.Testing.Hosting;
using Outrider.Testing.Tasks;
using Outrider.Testing.Time;
using Outrider.Tests.Boundary.Rest.Tasks;
using Outrider.Tests.Boundary.Storage;
using Outrider.Tests.Conformance.Storage;
using AgentGrain = Outrider.Grains.Agents.Agent;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>
/// The MCP front door on real Kestrel, on one node or several, behind real authentication and real tenants and agents, over scripted links
/// and a scripted diagnosis. Tenant acme has agent <c>db1</c>, globex has <c>db9</c>.
/// </summary>
internal sealed class McpCentre : IAsyncDisposable
{
    private readonly TestHost _host;
    private readonly Action<McpOptions>? _configure;
    private readonly List<WebApplication> _nodes = [];

    private McpCentre(TestHost host, MetricStoreFixture metrics, MemoryAlertStore alerts, Action<McpOptions>? configure)
    {
        _host = host;
        (Metrics, Alerts) = (metrics, alerts);
        _configure = configure;
    }

    /// <summary>The address of the first node.</summary>
    public Uri Url => Urls[0];

    /// <summary>The addresses of all nodes, also of those that were stopped.</summary>
    public List<Uri> Urls { get; } = [];

    public FakeTime Time => _host.Time;

    public MemoryAudit Audit { get; } = new();

    public MetricStoreFixture Metrics { get; }

    public MemoryAlertStore Alerts { get; }

    public MemoryTaskStore Tasks { get; private init; } = new();

    public ScriptedLink Link { get; } = new();

    public string Viewer { get; private set; } = "";

    public string Operator { get; private set; } = "";

    public string Admin { get; private set; } = "";

    /// <summary>Another operator's key of the same tenant.</summary>
    public string Colleague { get; private set; } = "";

    public string Revoked { get; private set; } = "";

    /// <summary>An operator's key of the other tenant.</summary>
    public string Stranger { get; private set; } = "";

    public string Platform { get; } = NewPlatformKey();

    /// <summary>Acme's keys and the platform's, by role.</summary>
    public IReadOnlyDictionary<Role, string> Keys => new Dictionary<Role, string>
    {
        [Role.Viewer] = Viewer, [Role.Operator] = Operator, [Role.Admin] = Admin, [Role.Platform] = Platform,
    };

    public static async Task<McpCentre> StartAsync(Action<McpOptions>? configure = null, int nodes = 1)
    {
        var time = new FakeTime();
        var metrics = await MetricStoreFixture.OpenAsync(new SqliteMetricPlace(), time);
        var alerts = new MemoryAlertStore();
        var tasks = new MemoryTaskStore();
        var registry = new GrainRegistry()
            .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
            .Add<ITenantDirectory>("tenants", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
            .Add<IAgent>("agent", a => new AgentGrain(a.Context, a.State<AgentState>(), metrics.Store))
            .Add<IAgentDirectory>("agents", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>()))
            .Add<IAlertEvaluation>("alert_evaluation", _ => new NoEvaluation())
            .Add<IAlertSettings>("alert_settings", a => new AlertSettings(a.Context, a.State<AlertSettingsState>()))
            .Add<IAlertRule>("alert_rule", a => new AlertRule(a.Context, alerts))
            .Add<ITaskSettings>("task_settings", a => new TaskSettings(a.Context, a.State<TaskSettingsState>()))
            .Add<IAgentTask>("agent_task", a => new AgentTask(a.Context, tasks, new OneTaskFile()))
            .Add<IDiagnosis>("diagnosis", a => new ScriptedDiagnosis(a.Context));
        var centre = new McpCentre(await TestHost.StartAsync(registry, time), metrics, alerts, configure) { Tasks = tasks };
        for (var i = 0; i < nodes; i++)
            await centre.StartNodeAsync(centre.Platform);
        await centre.FillAsync();
        return centre;
    }

    /// <summary>The text of a platform key that no other centre has.</summary>
    public static string NewPlatformKey() => Credential.Create(CredentialKind.Platform, "", "", RandomNumberGenerator.GetBytes(32)).Text;

    /// <summary>Starts a further node over the same grains and returns its number.</summary>
    public async Task<int> StartNodeAsync(string platformKey)
    {
        Assert.True(Credential.TryParse(platformKey, out var platform));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(_host.Time)
            .AddSingleton(_host.Host.Grains)
            .AddSingleton(_host.Host.Observers)
            .AddSingleton(_host.Host.Feeds)
            .AddSingleton<IAuditLog>(Audit)
            .AddSingleton<IReportStore>(new NoReports())
            .AddSingleton<IMetricStore>(Metrics.Store)
            .AddSingleton<IAlertStore>(Alerts)
            .AddSingleton<ITaskStore>(Tasks)
            .AddSingleton<ITaskFiles>(new OneTaskFile())
            .AddSingleton<IReadOnlyList<ExpertView>>(ExpertCatalog.Views)
            .AddCallers(new PlatformKey(platform.Hash), new RateLimitOptions { RequestBurst = 10_000, FailuresPerMinute = 1_000 })
            .AddMcp(_configure);
        var app = builder.Build();
        app.UseRouting();
        app.UseCallers();
        app.MapMcp().RequireCaller();
        await app.StartAsync();
        _nodes.Add(app);
        Urls.Add(new Uri(app.Urls.First()));
        return _nodes.Count - 1;
    }

    /// <summary>Takes a node away without waiting for what it does: its connections break.</summary>
    public async Task KillNodeAsync(int node)
    {
        await _nodes[node].StopAsync(new CancellationToken(canceled: true));
        await _nodes[node].DisposeAsync();
    }

    /// <summary>A client whose requests go to one node after the other.</summary>
    public McpRaw Raw(string? key = null) => new(Urls, key ?? Operator);

    /// <summary>A client of one node.</summary>
    /// <param name="session">The session it takes part in.</param>
    public McpRaw RawAt(int node, string? session = null, string? key = null) => new([Urls[node]], key ?? Operator) { Session = session };

    public async Task RevokeAsync(string key)
    {
        Assert.True(Credential.TryParse(key, out var credential));
        Assert.True((await Grain<ITenant>(credential.Tenant).RevokeKeyAsync(credential.Id)).Ok);
    }

    /// <summary>Connects an agent, enrolling it on the way.</summary>
    public async Task ConnectAsync(string tenant, string agent, IAgentLink link)
    {
        var issued = await Grain<ITenant>(tenant).IssueEnrolmentTokenAsync(new EnrolmentTokenRequest(["*"], ExpiresAt: null, MaxUses: null));
        Assert.True(Credential.TryParse(issued.Value!.Secret, out var token));
        var hello = new AgentHello
        {
            Agent = agent,
            CredentialHash = Credential.Create(CredentialKind.Agent, tenant, "", RandomNumberGenerator.GetBytes(32)).Hash,
            TokenId = token.Id,
            TokenHash = token.Hash,
            Boot = "b1",
            Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql", "shell"], Hostname = $"{agent}.example", MemoryBytes = 1L << 34 },
        };
        var session = await Grain<IAgent>(GrainKeys.Join(tenant, agent)).ConnectAsync(hello, _host.Host.Observers.Register(link));
        Assert.Null(session.Problem);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _host.DisposeAsync();
        await Metrics.DisposeAsync();
    }

    private async Task FillAsync()
    {
        foreach (var tenant in (string[])["acme", "globex"])
            Assert.True((await Grain<ITenant>(tenant).CreateAsync(new TenantProfile { Name = tenant })).Ok);
        Viewer = await KeyAsync("acme", Role.Viewer);
        Operator = await KeyAsync("acme", Role.Operator);
        Colleague = await KeyAsync("acme", Role.Operator);
        Admin = await KeyAsync("acme", Role.Admin);
        Revoked = await KeyAsync("acme", Role.Admin);
        Stranger = await KeyAsync("globex", Role.Operator);
        await RevokeAsync(Revoked);
        await ConnectAsync("acme", "db1", Link);
        await ConnectAsync("globex", "db9", new ScriptedLink());
    }

    private async Task<string> KeyAsync(string tenant, Role role)
    {
        var name = $"{role}-{Guid.NewGuid():N}";
        return (await Grain<ITenant>(tenant).IssueKeyAsync(new ApiKeyRequest(name, role, ExpiresAt: null))).Value!.Secret;
    }

    private TGrain Grain<TGrain>(string key) where TGrain : class, IGrain => _host.Host.Grains.Get<TGrain>(key);
}
