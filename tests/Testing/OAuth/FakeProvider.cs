using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;

namespace Outrider.Testing.OAuth;

/// <summary>
/// A provider of OAuth 2.0 (RFC 6749, PKCE of RFC 7636) that asks nobody: whoever comes is <see cref="User"/>. It is as strict as providers are: a
/// code is good once, for the redirect address and the verifier that it was made for.
/// </summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private const string ClientId = "outrider";
    private const string ClientSecret = "of the centre";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Redirect, string Challenge)> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _tokens = new();

    private FakeProvider(WebApplication app) => _app = app;

    /// <summary>What it says of who signs in, as JSON.</summary>
    public string User { get; set; } = """{"sub":"1","email":"ada@acme.example","email_verified":true}""";

    /// <summary>Whether the user says no.</summary>
    public bool Denies { get; set; }

    /// <summary>How a centre is told of it.</summary>
    public OAuthProvider Settings => new()
    {
        Id = "fake",
        Name = "Fake provider",
        AuthorizationUrl = $"{Url}/authorize",
        TokenUrl = $"{Url}/token",
        UserinfoUrl = $"{Url}/userinfo",
        ClientId = ClientId,
        ClientSecret = ClientSecret,
    };

    private string Url { get; set; } = "";

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeProvider(app);
        app.MapGet("/authorize", fake.Authorize);
        // As a request delegate its result would go nowhere.
        app.MapPost("/token", (Delegate)fake.TokenAsync);
        app.MapGet("/userinfo", fake.UserInfo);
        await app.StartAsync();
        fake.Url = app.Urls.Single();
        return fake;
    }

    /// <summary>Answers nobody any more.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
            return Results.BadRequest();
        var redirect = query["redirect_uri"].ToString();
        var state = Uri.EscapeDataString(query["state"].ToString());
        if (Denies)
            return Results.Redirect($"{redirect}?error=access_denied&state={state}");
        var code = Random();
        _codes[code] = (redirect, query["code_challenge"].ToString());
        return Results.Redirect($"{redirect}?code={code}&state={state}");
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var verifier = form["code_verifier"].ToString();
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret || form["grant_type"] != "authorization_code"
            || !_codes.TryRemove(form["code"].ToString(), out var code)
            || form["redirect_uri"] != code.Redirect
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) != code.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }
        var token = Random();
        _tokens[token] = true;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 60 });
    }

    private IResult UserInfo(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { Length: > 7 } bearer && _tokens.ContainsKey(bearer["Bearer ".Length..])
            ? Results.Text(User, "application/json")
            : Results.StatusCode(401);

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
