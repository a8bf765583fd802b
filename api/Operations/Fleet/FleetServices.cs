using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Operations.Fleet;

internal static class FleetServices
{
    /// <summary>Adds what front doors tell of all agents at once. Besides, the container must hold <c>IMetricStore</c> and <c>IAlertStore</c>.</summary>
    public static IServiceCollection AddFleetOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<FleetSnapshots>();
        services.TryAddSingleton<FleetOperations>();
        services.TryAddSingleton<SparklineOperations>();
        return services;
    }
}
