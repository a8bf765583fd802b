using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.People;
using Outrider.Api.Rest.People.OAuth;
using Outrider.Api.Rest.Requests;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.People;

/// <summary>Signing in and out, and what users do with their own sessions.</summary>
public static class AuthEndpoints
{
    private const string Tag = "Sign-in";

    public static void Map(IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags(Tag).AddEndpointFilter(NotStoredAsync);
        auth.MapGet("/session", GetAsync).WithName("getSession").WithSummary("Who calls and what they may do; of keys too. Anybody.");
        auth.MapPost("/logout", SignOutAsync).WithName("signOut").WithSummary("Ends the session that calls. A user's session.");
        auth.MapPost("/logout-everywhere", SignOutEverywhereAsync).WithName("signOutEverywhere")
            .WithSummary("Ends all sessions of the user, this one too, at once. A user's session.");
        auth.MapPost("/password", ChangePasswordAsync).WithName("changePassword").WithSummary("Sets another password; the user's other sessions end. A user's session.");
        auth.MapGet("/sessions", ListAsync).WithName("listSessions").WithSummary("The user's live sessions, the newest first. A user's session.");
        auth.MapDelete("/sessions/{id}", EndAsync).WithName("endSession").WithSummary("Ends one of the user's sessions, at once. A user's session.");
    }

    /// <summary>Maps what needs no credential: it must not be in the group that asks for one.</summary>
    public static void MapOpen(IEndpointRouteBuilder endpoints)
    {
        var auth = endpoints.MapGroup(RestApi.Prefix + "/auth").WithTags(Tag).WithMetadata(AnybodyAllowed.Instance).AddEndpointFilter(NotStoredAsync);
        auth.MapGet("/options", OptionsAsync).WithName("getSignInOptions").WithSummary("How one may sign in here. No credential.");
        auth.MapPost("/login", SignInAsync).WithName("signIn")
            .WithSummary("Signs a user in: sets the cookie, or answers the session as a token for programs. No credential.");
        auth.MapPost("/welcome", AcceptAsync).WithName("acceptInvitation")
            .WithSummary("Accepts an invitation: sets the password and signs in, with a cookie. No credential.");
        OAuthEndpoints.Map(auth);
    }

    /// <summary>Where a session is opened from.</summary>
    internal static Grains.People.SessionOrigin OriginOf(HttpContext context)
    {
        const int MaxClient = 200;
        var client = context.Request.Headers.UserAgent.ToString();
        return new(
            CallOrigin.Current?.Address?.ToString(), client.Length == 0 ? null : client.Length <= MaxClient ? client : client[..MaxClient]);
    }

    private static async Task<ApiResult<SignInOptionsView>> OptionsAsync(SignInOperations operations, OAuthProviders providers) =>
        (Outcome<SignInOptionsView>)new SignInOptionsView(
            await operations.NeedsSetupAsync(), [.. providers.All.Select(provider => new SignInProvider(provider.Id, provider.Name))]);

    private static async Task<ApiResult<SessionView>> SignInAsync(
        HttpContext context, SignInOperations operations, LoginRequest request, CancellationToken cancellation)
    {
        var signedIn = await operations.ByPasswordAsync(request.Tenant, request.Name, request.Password, OriginOf(context), cancellation);
        return Open(context, signedIn, request.Token);
    }

    private static async Task<ApiResult<SessionView>> AcceptAsync(
        HttpContext context, SignInOperations operations, WelcomeRequest request, CancellationToken cancellation)
    {
        var signedIn = await operations.ByInvitationAsync(request.Token, request.Name, request.Password, OriginOf(context), cancellation);
        return Open(context, signedIn, asToken: false);
    }

    private static async Task<ApiResult<SessionView>> GetAsync(HttpContext context, SessionOperations operations)
    {
        var session = await operations.GetAsync(context.Caller(), context.CallerCredential());
        return session.Ok && context.Caller().User is not null && !CredentialReader.HasHeader(context.Request)
            ? (Outcome<SessionView>)(session.Value with { CsrfToken = SessionCookie.CsrfToken(context.CallerCredential()) })
            : session;
    }

    private static async Task<DoneResult> SignOutAsync(HttpContext context, SessionOperations operations, CancellationToken cancellation) =>
        Leave(context, await operations.SignOutAsync(context.Caller(), context.CallerCredential(), cancellation));

    private static async Task<DoneResult> SignOutEverywhereAsync(HttpContext context, SessionOperations operations, CancellationToken cancellation) =>
        Leave(context, await operations.SignOutEverywhereAsync(context.Caller(), cancellation));

    private static async Task<DoneResult> ChangePasswordAsync(
        HttpContext context, SessionOperations operations, PasswordRequest request, CancellationToken cancellation) =>
        await operations.ChangePasswordAsync(context.Caller(), context.CallerCredential(), request.Current, request.Password, cancellation);

    private static async Task<ApiResult<SessionList>> ListAsync(HttpContext context, SessionOperations operations) =>
        await operations.ListAsync(context.Caller(), context.CallerCredential());

    private static async Task<DoneResult> EndAsync(HttpContext context, SessionOperations operations, string id, CancellationToken cancellation) =>
        await operations.EndAsync(context.Caller(), id, cancellation);

    private static Outcome<SessionView> Open(HttpContext context, Outcome<SignedIn> signedIn, bool asToken)
    {
        if (!signedIn.Ok)
            return signedIn.Problem;
        if (asToken)
            return signedIn.Value.View with { Token = signedIn.Value.Session.Text };
        SessionCookie.Set(context, signedIn.Value.Session);
        return signedIn.Value.View with { CsrfToken = SessionCookie.CsrfToken(signedIn.Value.Session) };
    }

    private static Outcome<Done> Leave(HttpContext context, Outcome<Done> done)
    {
        if (done.Ok)
            SessionCookie.Clear(context);
        return done;
    }

    private static ValueTask<object?> NotStoredAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
