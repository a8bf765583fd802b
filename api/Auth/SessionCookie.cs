using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Outrider.Grains.People.Rules;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>
/// The session of a browser, in a cookie. A browser sends it along whoever makes it call, so calls that change something need what only
/// our own page can know (<see cref="CsrfHeader"/>), and pages of other origins get nowhere.
/// </summary>
public static class SessionCookie
{
    public const string Name = "outrider_session";
    public const string CsrfHeader = "X-CSRF-Token";

    /// <summary>The session in the cookie; null: there is no cookie. <c>forbidden</c>, <c>session_over</c> (it can't be read).</summary>
    public static Outcome<Credential>? Read(HttpRequest request)
    {
        if (request.Cookies[Name] is not { Length: > 0 } text)
            return null;
        if (CheckOrigin(request) is { } foreign)
            return foreign;
        if (!Credential.TryParse(text, out var session) || session.Kind != CredentialKind.Session)
            return UserSessions.Over;
        return IsSafe(request.Method) || Is(request.Headers[CsrfHeader].ToString(), CsrfToken(session)) ? session
            : new Problem(ProblemCodes.Forbidden,
                $"A page that changes something sends {CsrfHeader}: the csrf_token of GET /api/v1/auth/session. Programs send the session as Authorization: Bearer.");
    }

    /// <summary><c>forbidden</c> when a page of another origin makes this call; programs, which say nothing of that, may.</summary>
    public static Problem? CheckOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isOurs = site.Length > 0
            ? site is "same-origin" or "none"
            : request.Headers.Origin.Count == 0 || Origins.IsOwn(request);
        return isOurs ? null : new Problem(ProblemCodes.Forbidden, "Only pages of this centre itself may use a browser's session.");
    }

    /// <summary><c>forbidden</c> when a page of another origin would change something by this call, such as who has signed in.</summary>
    public static Problem? CheckChange(HttpRequest request) => IsSafe(request.Method) ? null : CheckOrigin(request);

    /// <summary>Puts the session into the browser. It outlives the session there: the centre decides when that is over.</summary>
    public static void Set(HttpContext context, Credential session) =>
        context.Response.Cookies.Append(Name, session.Text, Options(context.Request, UserSessions.Longest));

    /// <summary>Takes it away.</summary>
    public static void Clear(HttpContext context) => context.Response.Cookies.Append(Name, "", Options(context.Request, TimeSpan.Zero));

    /// <summary>What the page has to send along. It follows from the session's secret, which no page can read, and doesn't tell it.</summary>
    public static string CsrfToken(Credential session) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session.Secret), "outrider csrf"u8));

    private static CookieOptions Options(HttpRequest request, TimeSpan age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = request.IsHttps, MaxAge = age, IsEssential = true,
    };

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool Is(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
