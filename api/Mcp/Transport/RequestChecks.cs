using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol;
using Outrider.Api.Auth;

namespace Outrider.Api.Mcp.Transport;

/// <summary>What a request's headers must say before its body is read. Null: nothing to object to.</summary>
internal static class RequestChecks
{
    public const string SessionHeader = "Mcp-Session-Id";
    public const string VersionHeader = "MCP-Protocol-Version";

    /// <summary>The first revision without sessions and handshake: every request carries its own metadata.</summary>
    public const string SessionlessRevision = "2026-07-28";

    /// <summary>The revisions of the protocol that the SDK speaks.</summary>
    public static readonly string[] Revisions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", SessionlessRevision];

    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    public static string Version(HttpRequest request) => request.Headers[VersionHeader].ToString();

    public static bool IsSessionless(HttpRequest request) => Version(request) == SessionlessRevision;

    /// <summary>
    /// A page of another site, or one that reached us by a name rebound to our address, is refused; see <see cref="McpOptions.AllowedOrigins"/>.
    /// Source: MCP, Transports, "Security Warning".
    /// </summary>
    public static Refusal? Origin(HttpRequest request, McpOptions options)
    {
        if (Origins.Allow(request, options.AllowedOrigins))
            return null;
        return new(StatusCodes.Status403Forbidden, Refusal.Circumstance,
            $"Pages of the origin '{request.Headers.Origin}' may not call this server. If this is wanted, add it to Mcp:AllowedOrigins.");
    }

    public static Refusal? Revision(HttpRequest request)
    {
        var version = Version(request);
        if (version.Length == 0 || Revisions.Contains(version))
            return null;
        return new(StatusCodes.Status400BadRequest, McpErrorCode.UnsupportedProtocolVersion,
            $"{VersionHeader} '{version}' is not supported. Supported are {string.Join(", ", Revisions)}.")
        {
            Data = new JsonObject
            {
                ["supported"] = new JsonArray([.. Revisions.Select(revision => JsonValue.Create(revision))]),
                ["requested"] = version,
            },
        };
    }

    /// <summary>A client that posts must take both forms of answer. Source: MCP, Streamable HTTP, "Sending Messages to the Server".</summary>
    public static Refusal? AcceptsBoth(HttpRequest request) =>
        Accepts(request, Json) && Accepts(request, EventStream) ? null : NotAcceptable($"Accept must name {Json} and {EventStream}.");

    public static Refusal? AcceptsEvents(HttpRequest request) =>
        Accepts(request, EventStream) ? null : NotAcceptable($"Accept must name {EventStream}.");

    public static Refusal? HasJson(HttpRequest request) =>
        request.HasJsonContentType() ? null
            : new(StatusCodes.Status415UnsupportedMediaType, Refusal.Circumstance, $"Content-Type must be {Json}.");

    private static Refusal NotAcceptable(string message) => new(StatusCodes.Status406NotAcceptable, Refusal.Circumstance, message);

    private static bool Accepts(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(one => one.MatchesMediaType(type));
}
