using Microsoft.Extensions.DependencyInjection;

namespace Outrider.Silo.Hosting;

/// <summary>What a centre does by itself with what its stores keep.</summary>
public static class Housekeeping
{
    /// <summary>Removes what was kept for long enough.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) =>
        services.AddHostedService<AlertRetention>().AddHostedService<TaskRetention>().AddHostedService<AuditRetention>();

    /// <summary>Wakes tasks when they are due. Comes after what runs grains.</summary>
    public static IServiceCollection AddTaskSweep(this IServiceCollection services, TimeSpan every) =>
        services.AddHostedService(s => ActivatorUtilities.CreateInstance<TaskSweep>(s, every));
}
