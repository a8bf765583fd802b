using Microsoft.AspNetCore.Http;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;

namespace Outrider.Api.Auth;

/// <summary>The proven caller of a request, put there by authentication and by nothing else.</summary>
public static class CallerFeature
{
    private static readonly object s_key = new();

    /// <summary>The caller. Throws when the endpoint isn't behind authentication: a fault of ours.</summary>
    public static Caller Caller(this HttpContext context) => Proven(context).Caller;

    /// <summary>What the caller proved it by. Throws as <see cref="Caller"/>.</summary>
    public static Credential CallerCredential(this HttpContext context) => Proven(context).Credential;

    /// <summary>Sets the caller; for authentication only.</summary>
    public static void SetCaller(this HttpContext context, Caller caller, Credential credential) => context.Items[s_key] = (caller, credential);

    private static (Caller Caller, Credential Credential) Proven(HttpContext context) =>
        context.Items[s_key] is (Caller caller, Credential credential)
            ? (caller, credential)
            : throw new InvalidOperationException("This endpoint is not behind authentication.");
}
