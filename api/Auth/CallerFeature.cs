using Microsoft.AspNetCore.Http;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Auth;

/// <summary>The proven caller of a request, put there by authentication and by nothing else.</summary>
public static class CallerFeature
{
    private static readonly object s_key = new();

    /// <summary>The caller. Throws when the endpoint isn't behind authentication: a fault of ours.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Items[s_key] as Caller ?? throw new InvalidOperationException("This endpoint is not behind authentication.");

    /// <summary>Sets the caller; for authentication only.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[s_key] = caller;
}
