using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// From revision 2026-07-28 on, headers repeat what the body says, so that proxies can route, and must agree with it; and each request
/// carries its metadata. Source: MCP 2026-07-28, SEP-2243 and SEP-2575.
/// </summary>
internal static class SessionlessChecks
{
    private const string VersionMeta = "io.modelcontextprotocol/protocolVersion";
    private const string CapabilitiesMeta = "io.modelcontextprotocol/clientCapabilities";

    public static Refusal? Check(HttpRequest request, JsonRpcMessage message)
    {
        var (method, parameters, id) = message switch
        {
            JsonRpcRequest call => (call.Method, call.Params as JsonObject, call.Id),
            JsonRpcNotification note => (note.Method, note.Params as JsonObject, default),
            _ => (null, null, default),
        };
        if (method is null)
            return null;
        var meta = parameters?["_meta"] as JsonObject;
        if (!RequestChecks.IsSessionless(request))
        {
            return Text(meta?[VersionMeta]) == RequestChecks.SessionlessRevision
                ? Mismatch(id, $"The header {RequestChecks.VersionHeader} is missing or differs from _meta/{VersionMeta}.") : null;
        }
        if (request.Headers["Mcp-Method"].ToString().Trim() != method)
            return Mismatch(id, $"The header Mcp-Method must say '{method}', as the body does.");
        var name = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => Text(parameters?["name"]),
            RequestMethods.ResourcesRead => Text(parameters?["uri"]),
            _ => null,
        };
        if (name is not null && Decode(request.Headers["Mcp-Name"].ToString().Trim()) != name)
            return Mismatch(id, $"The header Mcp-Name must say '{name}', as the body does.");
        if (message is not JsonRpcRequest)
            return null;
        if (meta?[CapabilitiesMeta] is not JsonObject || Text(meta[VersionMeta]) is not { } version)
            return Invalid(id, $"Each request needs _meta/{VersionMeta} and the object _meta/{CapabilitiesMeta}.");
        return version == RequestChecks.Version(request) ? null
            : Mismatch(id, $"The header {RequestChecks.VersionHeader} differs from _meta/{VersionMeta}, which is '{version}'.");
    }

    /// <summary>The HTTP status that this revision gives to an error that comes before any other answer; null: 200.</summary>
    public static int? StatusOf(JsonRpcError error) => (McpErrorCode)error.Error.Code switch
    {
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch =>
            StatusCodes.Status400BadRequest,
        _ => null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Names that aren't ASCII come as <c>=?base64?…?=</c>.</summary>
    private static string? Decode(string header)
    {
        if (header.Length < "=?base64??=".Length || !header.StartsWith("=?base64?", StringComparison.OrdinalIgnoreCase)
            || !header.EndsWith("?=", StringComparison.Ordinal))
        {
            return header;
        }
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[9..^2], bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static Refusal Mismatch(RequestId id, string message) =>
        new(StatusCodes.Status400BadRequest, McpErrorCode.HeaderMismatch, message) { Id = id };

    private static Refusal Invalid(RequestId id, string message) =>
        new(StatusCodes.Status400BadRequest, McpErrorCode.InvalidParams, message) { Id = id };
}
