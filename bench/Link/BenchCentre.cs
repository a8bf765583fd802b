using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Api.Gateway;
using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Tasks;
using Outrider.Silo.Embedded;
using Outrider.Storage.InMemory;
using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;

namespace Outrider.Bench.Link;

/// <summary>A centre of gateway and grains only, its state in memory: what the link itself costs. Prints its enrolment token.</summary>
internal static class BenchCentre
{
    public static async Task RunAsync(int port)
    {
        var folder = Directory.CreateTempSubdirectory("outrider-bench-");
        await using var database = SqliteDatabase.Open(Path.Combine(folder.FullName, "metrics.db"), SqliteMetricBackend.Schema);
        await using var metrics = await MetricStore.OpenAsync(new SqliteMetricBackend(database), TimeProvider.System);
        var registry = new GrainRegistry()
            .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
            .Add<ITenantDirectory>("tenants", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
            .Add<IAgent>("agent", a => new Agent(a.Context, a.State<AgentState>(), metrics))
            .Add<IAgentDirectory>("agents", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>()))
            .Add<IAlertEvaluation>("alert_evaluation", _ => new IdleEvaluation());
        await using var host = new EmbeddedHost(registry, new InMemoryStateStore(), new InMemoryReminderStore(), new EmbeddedHostOptions());
        await host.StartAsync();
        var tenant = host.Grains.Get<ITenant>("bench");
        await tenant.CreateAsync(new TenantProfile { Name = "bench" });
        var token = (await tenant.IssueEnrolmentTokenAsync(new EnrolmentTokenRequest(["*"], null, null))).Value!.Secret;

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(host.Grains).AddSingleton(host.Observers).AddGateway();
        await using var app = builder.Build();
        app.MapGateway();
        app.MapPost("/api/v1/agents/{agent}/sql", (string agent, CancellationToken cancellation) => QueryAsync(host, agent, cancellation));
        await app.StartAsync();
        Console.WriteLine(token);
        await app.WaitForShutdownAsync();
    }

    private static async Task<IResult> QueryAsync(EmbeddedHost host, string agent, CancellationToken cancellation)
    {
        var link = await host.Grains.Get<IAgent>(GrainKeys.Join("bench", agent)).UseLinkAsync();
        if (!link.Ok)
            return Results.Problem(link.Problem.Message, statusCode: 409);
        var task = new TaskCreate { TaskId = Guid.NewGuid().ToString("N"), Type = "sql", Command = "SELECT 1", Actor = "bench" };
        var result = await host.Observers.Get(link.Value).RunAsync(task, cancellation);
        return result.Completion.Problem is { } problem ? Results.Problem(problem.Message, statusCode: 502) : Results.Ok(result.Completion.Rows);
    }
}
