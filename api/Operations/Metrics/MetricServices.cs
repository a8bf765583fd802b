using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Operations.Metrics;

internal static class MetricServices
{
    /// <summary>Adds what front doors do with metrics. Besides, the container must hold <c>IMetricStore</c>.</summary>
    public static IServiceCollection AddMetricOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<MetricOperations>();
        services.TryAddSingleton<ComparisonOperations>();
        services.TryAddSingleton<ExportOperations>();
        services.TryAddSingleton<ProcessOperations>();
        services.TryAddSingleton<RetentionOperations>();
        return services;
    }
}
