using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Outrider.Api.Auth;

/// <summary>Puts endpoints behind authentication: <c>AddCallers</c>, <c>UseCallers</c>, and <c>RequireCaller</c> on an endpoint or group.</summary>
public static class AuthExtensions
{
    public static IServiceCollection AddCallers(this IServiceCollection services, PlatformKey platformKey, RateLimitOptions limits)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(platformKey);
        services.TryAddSingleton(limits);
        services.TryAddSingleton<RequestLimits>();
        services.TryAddSingleton<Authenticator>();
        services.TryAddSingleton<CallerProof>();
        services.TryAddSingleton<Passwords>();
        return services;
    }

    /// <summary>Authenticates before an endpoint's own code, so also before it reads the body. Comes after routing.</summary>
    public static IApplicationBuilder UseCallers(this IApplicationBuilder app) => app.UseMiddleware<CallerMiddleware>();

    /// <summary>
    /// Lets only proven callers in, within their rate; <see cref="CallerFeature.Caller"/> then tells who. Without <c>UseCallers</c> the
    /// endpoint fails instead of letting anybody in.
    /// </summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(CallerRequired.Instance));
        return builder;
    }
}
