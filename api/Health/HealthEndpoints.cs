using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Health;

/// <summary><c>/health</c> and <c>/health/ready</c>: open to all who reach the port.</summary>
public static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<Uptime>();
        return services;
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        // Made now, so that it counts from the start and not from the first question.
        endpoints.ServiceProvider.GetRequiredService<Uptime>();
        var health = endpoints.MapGroup("/health").WithTags("Health");
        health.MapGet("/", Live).WithName("health").WithSummary("The process lives.");
        health.MapGet("/ready", ReadyAsync).WithName("ready").WithSummary("The centre can do its work: 200 if it can, 503 if not.");
    }

    private static Ok<HealthView> Live(Uptime uptime) =>
        TypedResults.Ok(new HealthView("healthy", "outrider", Version, Math.Round(uptime.Elapsed.TotalSeconds, 3)));

    private static async Task<Results<Ok<ReadinessView>, JsonHttpResult<ReadinessView>>> ReadyAsync(
        Readiness readiness, CancellationToken cancellation)
    {
        var view = await readiness.AskAsync(cancellation);
        return view.Status == "ready" ? TypedResults.Ok(view) : TypedResults.Json(view, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
