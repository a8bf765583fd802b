using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Outrider.Grains.Files;
using Outrider.Grains.Tasks;

namespace Outrider.Api.Operations.Files;

internal static class FileServices
{
    /// <summary>Adds what front doors do with files. Besides, the container must hold <c>IFileIndex</c>, <c>IFileStore</c> and <c>IFileGrants</c>.</summary>
    public static IServiceCollection AddFileOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<FileKeeper>();
        services.TryAddSingleton<FileOperations>();
        services.TryAddSingleton<UploadOperations>();
        services.TryAddSingleton<ITaskFiles, TaskFiles>();
        services.TryAddSingleton<IFileIntake, TaskIntake>();
        return services;
    }
}
