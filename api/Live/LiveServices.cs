using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Tasks;

namespace Outrider.Api.Live;

/// <summary>Puts the live feed into a centre. Needs <c>IGrains</c>, <c>IFeeds</c>, <c>IMetricStore</c>, <c>IAlertStore</c> and <c>ITaskStore</c> of its host, and callers.</summary>
public static class LiveServices
{
    public const string Path = "/ws";

    public static IServiceCollection AddLive(this IServiceCollection services, Action<LiveOptions>? configure = null)
    {
        services.AddMetrics();
        var options = services.AddOptions<LiveOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(s => s.GetRequiredService<IOptions<LiveOptions>>().Value);
        services.TryAddSingleton<LiveMetrics>();
        services.TryAddSingleton<LiveHub>();
        services.AddTaskOperations();
        services.TryAddSingleton<AgentOperations>();
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton<LiveContext>();
        services.TryAddSingleton<LiveGateway>();
        return services;
    }

    /// <summary>Maps the feed at <see cref="Path"/>. It proves its callers itself: a browser can't say in a header who it is.</summary>
    public static IEndpointConventionBuilder MapLive(this IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.CreateApplicationBuilder().UseWebSockets();
        pipeline.Run(http => http.RequestServices.GetRequiredService<LiveGateway>().HandleAsync(http));
        return endpoints.Map(Path, pipeline.Build());
    }
}
