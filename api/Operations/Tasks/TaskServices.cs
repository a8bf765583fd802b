using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Operations.Tasks;

internal static class TaskServices
{
    /// <summary>Adds what front doors do with tasks. Besides, the container must hold <c>ITaskStore</c>.</summary>
    public static IServiceCollection AddTaskOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<TaskOperations>();
        services.TryAddSingleton<TaskLogOperations>();
        services.TryAddSingleton<FanoutOperations>();
        services.TryAddSingleton<TaskSettingsOperations>();
        return services;
    }
}
