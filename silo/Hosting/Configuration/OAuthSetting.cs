using System.Text.Json;
using Outrider.Api.Auth;
using Outrider.Api.Rest;
using Outrider.Protocol.Credentials;

namespace Outrider.Silo.Hosting.Configuration;

/// <summary>Reads the setting <c>oauth</c>: the providers by which users may sign in.</summary>
internal static class OAuthSetting
{
    private const int MaxProviders = 20;

    private static readonly JsonSerializerOptions s_json = CreateJson();

    /// <param name="text">A JSON array of objects; from a configuration file the objects alone, separated by commas.</param>
    /// <exception cref="FormatException">It isn't that.</exception>
    public static List<OAuthProvider> Read(string text)
    {
        List<OAuthProvider>? providers;
        try
        {
            providers = JsonSerializer.Deserialize<List<OAuthProvider>>(text.TrimStart().StartsWith('[') ? text : $"[{text}]", s_json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"a list of providers, each an object with id, name, authorization_url, token_url, userinfo_url, client_id and client_secret ({e.Message})", e);
        }
        if (providers is null || providers.Count > MaxProviders)
            throw new FormatException($"a list of at most {MaxProviders} providers");
        foreach (var provider in providers)
            Check(provider);
        return providers.DistinctBy(provider => provider.Id).Count() == providers.Count
            ? providers
            : throw new FormatException("a list of providers, no two of the same id");
    }

    private static void Check(OAuthProvider provider)
    {
        if (!Names.IsAgent(provider.Id))
            throw new FormatException($"a list of providers, each with an id of {Names.Rule}");
        foreach (var url in new[] { provider.AuthorizationUrl, provider.TokenUrl, provider.UserinfoUrl })
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                throw new FormatException($"a list of providers with http or https URLs; '{url}' of '{provider.Id}' is none");
        }
        if (provider.ClientId.Length == 0 || provider.ClientSecret.Length == 0 || provider.IdentityClaim.Length == 0)
            throw new FormatException($"a list of providers; client_id, client_secret or identity_claim of '{provider.Id}' is empty");
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        return options;
    }
}
