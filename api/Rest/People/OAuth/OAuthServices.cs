using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Auth;

namespace Outrider.Api.Rest.People.OAuth;

/// <summary>Sign-in by OAuth 2.0: the conversation with the provider is ASP.NET Core's, what comes of it is ours.</summary>
public static class OAuthServices
{
    /// <summary>How long the centre waits for an answer of a provider.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <param name="protection">Protects what a browser carries to the provider and back; the same on every node of the centre.</param>
    public static IServiceCollection AddOAuthSignIn(
        this IServiceCollection services, IReadOnlyList<OAuthProvider> providers, IDataProtectionProvider protection)
    {
        services.AddSingleton(new OAuthProviders(providers));
        services.AddSingleton(protection);
        services.AddAuthenticationCore().AddWebEncoders();
        services.AddSingleton<OAuthCallback>();
        var authentication = new AuthenticationBuilder(services);
        foreach (var provider in providers)
            authentication.AddOAuth(provider.Id, provider.Name, options => Configure(options, provider));
        return services;
    }

    /// <summary>Where the provider sends a browser back to.</summary>
    internal static string CallbackPath(string provider) => $"{RestApi.Prefix}/auth/oauth/{provider}/callback";

    private static void Configure(OAuthOptions options, OAuthProvider provider)
    {
        options.AuthorizationEndpoint = provider.AuthorizationUrl;
        options.TokenEndpoint = provider.TokenUrl;
        options.UserInformationEndpoint = provider.UserinfoUrl;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.CallbackPath = CallbackPath(provider.Id);
        options.UsePkce = true;
        options.BackchannelTimeout = s_timeout;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes)
            options.Scope.Add(scope);
        // It comes back by a link on the provider's page, which a strict cookie wouldn't.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // Nothing signs in by it: the callback opens a session of ours instead.
        options.SignInScheme = "none";
        options.EventsType = typeof(OAuthCallback);
    }
}
