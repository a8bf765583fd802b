using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Operations.People;

/// <summary>What users need, once for every front door.</summary>
public static class PeopleServices
{
    public static IServiceCollection AddPeopleOperations(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton<SignInMetrics>();
        services.TryAddSingleton<SessionViews>();
        services.TryAddSingleton<SignInOperations>();
        services.TryAddSingleton<SessionOperations>();
        services.TryAddSingleton<UserOperations>();
        return services;
    }
}
