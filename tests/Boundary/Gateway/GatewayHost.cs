using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Api.Gateway;
using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Tasks;
using Outrider.Silo.Embedded;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Gateway;

/// <summary>A gateway on real Kestrel over real grains, on a fake clock, with a tenant <c>demo</c>.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly TestHost _grains;
    private readonly WebApplication _app;

    private GatewayHost(TestHost grains, WebApplication app, string token)
    {
        (_grains, _app, Token) = (grains, app, token);
        Url = new UriBuilder(app.Urls.Single()) { Scheme = "ws" }.Uri;
    }

    public Uri Url { get; }

    /// <summary>An enrolment token for any name.</summary>
    public string Token { get; }

    public FakeTime Time => _grains.Time;

    public TestHost Grains => _grains;

    public AgentGateway Gateway => _app.Services.GetRequiredService<AgentGateway>();

    public PayloadBudget Budget => _app.Services.GetRequiredService<GatewayContext>().Budget;

    public static async Task<GatewayHost> StartAsync(
        Action<GatewayOptions>? configure = null, IMetricStore? metrics = null, Func<GrainRegistry, GrainRegistry>? more = null)
    {
        // The clock runs ahead of the sockets here; the call deadline has tests of its own.
        var grains = await TestHost.StartAsync(more is null ? LinkGrains.Registry(metrics) : more(LinkGrains.Registry(metrics)), change: o => o with { CallDeadline = TimeSpan.FromHours(1) });
        var token = await grains.Host.CreateTenantAsync("demo");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // It waits for its links as long as they last, so that a link which stays open fails the test that stops it.
        builder.Services.Configure<HostOptions>(server => server.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<TimeProvider>(grains.Time);
        builder.Services.AddSingleton(grains.Host.Grains);
        builder.Services.AddSingleton(grains.Host.Observers);
        builder.Services.AddGateway(configure);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new GatewayHost(grains, app, token);
    }

    public IAgent Agent(string name) => _grains.Host.Grains.Get<IAgent>($"demo/{name}");

    /// <summary>Links a new agent.</summary>
    public Task<RawAgent> LinkAsync(string name) => RawAgent.LinkAsync(Url, RawAgent.Hello(name, RawAgent.NewCredential(), Token));

    /// <summary>Sends a task to an agent, as a front door does.</summary>
    public async Task<TaskResult> RunAsync(string agent, TaskCreate task, CancellationToken cancellation = default)
    {
        var link = await Agent(agent).UseLinkAsync();
        Assert.Null(link.Problem);
        return await _grains.Host.Observers.Get(link.Value!).RunAsync(task, cancellation);
    }

    /// <summary>Lets the clock go on, a second at a time, until it is so. Sockets raise no event that a test could await.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, int step = 1)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await isSo())
        {
            Time.Advance(TimeSpan.FromSeconds(step));
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>A good agent links and does a task: the gateway is alive.</summary>
    public async Task AssertServesAsync()
    {
        await using var agent = await LinkAsync("good");
        var result = RunAsync("good", Task());
        var task = await agent.TaskAsync();
        await agent.SendBlockAsync(task.TaskId, 0, [1, 2, 3]);
        await agent.SendAsync(new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success, Rows = 1, PayloadBytes = 3 });
        var ended = await result;
        Assert.Equal([1, 2, 3], ended.Payload);
    }

    public static TaskCreate Task(string id = "t-1", string command = "SELECT 1") =>
        new() { TaskId = id, Type = "sql", Command = command, Actor = "test" };

    /// <summary>Stops the centre's web server as SIGTERM would.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _grains.DisposeAsync();
    }
}
