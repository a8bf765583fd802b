using System.ComponentModel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Auth;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.People.OAuth;

/// <summary>Sends a browser to a provider, and takes it back.</summary>
internal static class OAuthEndpoints
{
    /// <param name="auth">A group that needs no credential.</param>
    public static void Map(RouteGroupBuilder auth)
    {
        auth.MapGet("/oauth/{provider}", SendAsync).WithName("signInByOAuth").Produces(StatusCodes.Status302Found)
            .WithSummary("Sends a browser to a provider to sign in. No credential.");
        auth.MapGet("/oauth/{provider}/callback", ReceiveAsync).WithName("finishOAuth").Produces(StatusCodes.Status302Found)
            .WithSummary("Where a provider sends the browser back to: ends at return_to, or at /sign-in?problem=CODE. No credential.");
    }

    private static Task SendAsync(
        HttpContext context,
        OAuthProviders providers,
        string provider,
        [Description("The tenant's id; left out for a platform user.")] string? tenant = null,
        [Description("The page to end at: a path of this centre.")] string? return_to = null)
    {
        var (of, to) = (tenant ?? "", return_to ?? "/");
        if (Check(providers, provider, of, to) is { } problem)
            return ProblemJson.WriteAsync(context, problem);
        return context.ChallengeAsync(provider, new AuthenticationProperties
        {
            // It would be the page's own address otherwise, query and all.
            RedirectUri = "/", Items = { [OAuthCallback.Tenant] = of, [OAuthCallback.ReturnTo] = to },
        });
    }

    private static async Task ReceiveAsync(HttpContext context, OAuthProviders providers, string provider)
    {
        if (Unknown(providers, provider) is { } unknown)
        {
            await ProblemJson.WriteAsync(context, unknown);
            return;
        }
        var handler = await context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, provider);
        await ((IAuthenticationRequestHandler)handler!).HandleRequestAsync();
    }

    private static Problem? Check(OAuthProviders providers, string provider, string tenant, string to) =>
        Unknown(providers, provider)
        ?? (tenant.Length > 0 && !Names.IsTenant(tenant) ? TenantRules.Invalid($"'{TenantRules.Short(tenant)}' can't be a tenant's id.") : null)
        ?? (IsOwnPage(to) ? null : TenantRules.Invalid("return_to must be a path of this centre, such as /agents."));

    private static Problem? Unknown(OAuthProviders providers, string provider) => providers.All.Any(one => one.Id == provider)
        ? null
        : new Problem(ProblemCodes.NotFound, $"There is no provider '{TenantRules.Short(provider)}'. GET {RestApi.Prefix}/auth/options lists them.");

    // "//host" and "/\host" are other sites to a browser.
    private static bool IsOwnPage(string path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= 2000 && !path.Any(c => char.IsControl(c) || c == '\\');
}
