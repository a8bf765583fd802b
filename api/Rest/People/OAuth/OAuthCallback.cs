using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Operations.People;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.People.OAuth;

/// <summary>What becomes of a browser that a provider sends back: a session and the page it came for, or the sign-in page and why.</summary>
public sealed partial class OAuthCallback(OAuthProviders providers, SignInOperations operations, ILogger<OAuthCallback> log) : OAuthEvents
{
    internal const string Tenant = "tenant";
    internal const string ReturnTo = "return_to";

    private const string Identity = "identity";

    /// <summary>Asks the provider who it is.</summary>
    public override async Task CreatingTicket(OAuthCreatingTicketContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        // Some providers answer nobody who doesn't say who asks.
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Outrider", "1"));
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(context.HttpContext.RequestAborted));
        var claim = providers.All.Single(provider => provider.Id == context.Scheme.Name).IdentityClaim;
        if (Read(user.RootElement, claim) is { } identity)
            context.Identity!.AddClaim(new Claim(Identity, identity));
        else
            Failed(log, context.Scheme.Name, $"it tells no '{claim}', or hasn't verified it");
    }

    /// <summary>Opens the session.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        if (context.Principal!.FindFirstValue(Identity) is not { } identity)
        {
            Leave(http, ProblemCodes.Unauthenticated);
            return;
        }
        var signedIn = await operations.ByIdentityAsync(
            Item(context.Properties, Tenant), identity, AuthEndpoints.OriginOf(http), http.RequestAborted);
        if (!signedIn.Ok)
        {
            Leave(http, signedIn.Problem.Code);
            return;
        }
        SessionCookie.Set(http, signedIn.Value.Session);
        http.Response.Redirect(Item(context.Properties, ReturnTo));
    }

    /// <summary>The provider refuses or can't be reached, or what came back isn't what was sent.</summary>
    public override Task RemoteFailure(RemoteFailureContext context)
    {
        Failed(log, context.Scheme.Name, context.Failure?.Message ?? "no reason");
        context.HandleResponse();
        Leave(context.HttpContext, context.Failure is HttpRequestException or TaskCanceledException or JsonException
            ? ProblemCodes.Unavailable
            : ProblemCodes.Unauthenticated);
        return Task.CompletedTask;
    }

    private static void Leave(HttpContext http, string code) => http.Response.Redirect($"/sign-in?problem={code}");

    private static string Item(AuthenticationProperties? properties, string name) => properties?.Items[name] ?? "";

    private static string? Read(JsonElement user, string claim)
    {
        if (user.ValueKind != JsonValueKind.Object || !user.TryGetProperty(claim, out var value))
            return null;
        if (claim == "email" && user.TryGetProperty("email_verified", out var verified) && verified.ToString().Equals("false", StringComparison.OrdinalIgnoreCase))
            return null;
        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 } text ? text : null;
    }

    [LoggerMessage(3400, LogLevel.Warning, "A sign-in by {Provider} came to nothing: {Reason}")]
    private static partial void Failed(ILogger log, string provider, string reason);
}
