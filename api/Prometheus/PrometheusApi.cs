using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Outrider.Api.Auth;
using Outrider.Api.Operations;

namespace Outrider.Api.Prometheus;

/// <summary>Prometheus' read API, for Grafana: <c>AddPrometheus</c> and <c>MapPrometheus</c>.</summary>
public static class PrometheusApi
{
    public const string Prefix = "/prometheus";

    public static IServiceCollection AddPrometheus(this IServiceCollection services)
    {
        services.TryAddSingleton<PromQlOperations>();
        return services;
    }

    /// <summary>Maps it, all behind authentication. Not in the OpenAPI document: its description is Prometheus'.</summary>
    public static IEndpointConventionBuilder MapPrometheus(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup($"{Prefix}/api/v1").RequireCaller().ExcludeFromDescription();
        PrometheusEndpoints.Map(api);
        return api;
    }
}
