using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Outrider.Api.Mcp.Transport;

/// <summary>A message that doesn't reach a server: HTTP status and JSON-RPC error.</summary>
internal sealed record Refusal(int Status, McpErrorCode Code, string Message)
{
    /// <summary>What isn't protocol but circumstance: no session, no room, wrong origin. The code that other servers use for it.</summary>
    public const McpErrorCode Circumstance = (McpErrorCode)(-32000);

    /// <summary>The session is gone; what other servers answer with 404.</summary>
    public const McpErrorCode NoSession = (McpErrorCode)(-32001);

    private static readonly JsonTypeInfo<JsonRpcError> s_type =
        (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    /// <summary>The request's id where it could be read.</summary>
    public RequestId Id { get; init; }

    public JsonNode? Data { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public Task WriteAsync(HttpContext http)
    {
        if (RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var error = new JsonRpcError { Id = Id, Error = new() { Code = (int)Code, Message = Message, Data = Data } };
        return Results.Json(error, s_type, statusCode: Status).ExecuteAsync(http);
    }
}
