using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Telemetry;

/// <summary>The centre's own numbers: <c>AddTelemetry</c>, <c>UseHttpTelemetry</c> (outermost), <c>MapMetrics</c>.</summary>
public static class TelemetryExtensions
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MetricsPage>();
        return services;
    }

    public static IApplicationBuilder UseHttpTelemetry(this IApplicationBuilder app)
    {
        // Made now: what is measured before it listens is lost.
        app.ApplicationServices.GetRequiredService<MetricsPage>();
        return app.UseMiddleware<HttpTelemetry>();
    }

    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/metrics", (HttpContext context, MetricsPage page) => MetricsPage.AnswerAsync(context, page)).ExcludeFromDescription();
}
