using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Outrider.Protocol.Link;

namespace Outrider.Api.Gateway;

/// <summary>Puts the gateway into a centre. Needs <c>IGrains</c> and <c>IObservers</c> of its host.</summary>
public static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, Action<GatewayOptions>? configure = null)
    {
        services.AddMetrics();
        services.AddOptions<GatewayOptions>();
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(s => s.GetRequiredService<IOptions<GatewayOptions>>().Value);
        services.TryAddSingleton<GatewayMetrics>();
        services.TryAddSingleton<GatewayContext>();
        services.TryAddSingleton<AgentGateway>();
        return services;
    }

    /// <summary>Maps the link at <see cref="LinkProtocol.Path"/>.</summary>
    public static IEndpointConventionBuilder MapGateway(this IEndpointRouteBuilder endpoints)
    {
        var gateway = endpoints.ServiceProvider.GetService<AgentGateway>()
            ?? throw new InvalidOperationException("Call services.AddGateway() before MapGateway().");
        var pipeline = endpoints.CreateApplicationBuilder().UseWebSockets();
        pipeline.Run(gateway.HandleAsync);
        return endpoints.Map(LinkProtocol.Path, pipeline.Build());
    }
}
