using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>Finds the credential of a request: in <c>X-API-Key</c> or <c>Authorization: Bearer</c>, or a browser's session in its cookie.</summary>
public static class CredentialReader
{
    public const string KeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    // Addresses end up in logs, histories and referrers: a credential there counts as given away.
    private static readonly string[] s_queryNames = ["api_key", "api-key", "apikey", "x-api-key", "token", "access_token", "key"];

    /// <summary>As <see cref="Read"/>; where no header has a credential, the session of a browser (<see cref="SessionCookie.Read"/>).</summary>
    public static Outcome<Credential> ReadOrSession(HttpRequest request) =>
        QueryName(request.Query) is null && !HasHeader(request) && SessionCookie.Read(request) is { } session
            ? session
            : Read(request, "an API key, or a user's session");

    /// <summary>Whether a header has a credential, or what should be one.</summary>
    public static bool HasHeader(HttpRequest request) => request.Headers.ContainsKey(KeyHeader) || request.Headers.Authorization.Count > 0;

    /// <summary><c>invalid_argument</c> (in the query, or two that differ) or <c>unauthenticated</c> (none, or not one of ours).</summary>
    /// <param name="wanted">What is asked for, in words for the caller.</param>
    public static Outcome<Credential> Read(HttpRequest request, string wanted = "an API key")
    {
        if (QueryName(request.Query) is { } name)
        {
            return new Problem(ProblemCodes.InvalidArgument,
                $"A credential must not stand in the address ('{name}'): addresses are logged. Send it as {KeyHeader} or Authorization: "
                + "Bearer. If it was a real one, revoke it.");
        }
        var keys = request.Headers[KeyHeader];
        var bearers = request.Headers.Authorization;
        if (keys.Count > 1 || bearers.Count > 1)
            return new Problem(ProblemCodes.InvalidArgument, $"Send {KeyHeader} and Authorization once at most.");
        var bearer = BearerOf(bearers);
        if (bearers.Count == 1 && bearer is null)
            return Malformed($"Authorization must be 'Bearer' and {wanted}, or send that as {KeyHeader}.");
        if (keys.Count == 1 && bearer is not null && keys != bearer)
            return new Problem(ProblemCodes.InvalidArgument, $"{KeyHeader} and Authorization name two different credentials. Send one.");
        var text = bearer ?? keys.ToString();
        if (text.Length == 0)
            return Malformed($"This needs {wanted}: send it as {KeyHeader} or as Authorization: Bearer.");
        return Credential.TryParse(text, out var credential) ? credential : Authenticator.Unknown;
    }

    /// <summary>The name of a query parameter that holds a credential; null if none does.</summary>
    public static string? QueryName(IQueryCollection query) =>
        Array.Find(s_queryNames, query.ContainsKey);

    private static string? BearerOf(StringValues header) =>
        header.Count == 1 && header[0] is { } text && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && text.Length > Bearer.Length
            ? text[Bearer.Length..].Trim()
            : null;

    private static Problem Malformed(string message) => new(ProblemCodes.Unauthenticated, message);
}
