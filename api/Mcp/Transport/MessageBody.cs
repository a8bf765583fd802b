using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Outrider.Api.Mcp.Transport;

/// <summary>Reads the one JSON-RPC message of a POST.</summary>
internal static class MessageBody
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonTypeInfo<JsonRpcMessage> s_type =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>The message, or why there is none: exactly one of the two.</summary>
    public static async Task<(JsonRpcMessage? Message, Refusal? Refusal)> ReadAsync(HttpContext http, int maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, s_strict, http.RequestAborted);
            return IsReadable(document.RootElement) ? Read(document.RootElement) : NotUnicode();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, new(e.StatusCode, McpErrorCode.InvalidRequest, $"A message may have {maxBytes} bytes at most."));
        }
        catch (InvalidOperationException)
        {
            return NotUnicode();
        }
        catch (JsonException e)
        {
            return (null, new(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, $"The body is not JSON: {e.Message}"));
        }
    }

    /// <summary>A message on its way to another node.</summary>
    public static byte[] ToBytes(JsonRpcMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, s_type);

    /// <summary>The message of <see cref="ToBytes"/>.</summary>
    public static JsonRpcMessage FromBytes(byte[] message) => JsonSerializer.Deserialize(message, s_type)!;

    private static (JsonRpcMessage?, Refusal?) Read(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.Array)
            return (null, Invalid(default, "Batches are not supported (MCP dropped them in 2025-06-18). Send one message per POST."));
        try
        {
            if (root.ValueKind is JsonValueKind.Object && root.Deserialize(s_type) is { } message)
                return (message, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            // Well-formed JSON that isn't a message; said below.
        }
        return (null, Invalid(IdOf(root), "The body is not a JSON-RPC 2.0 message: it needs jsonrpc \"2.0\" and a method, result or error."));
    }

    /// <summary>
    /// The parser lets broken UTF-8 and half surrogate pairs through, and whoever reads such a text later gets an exception. So all are
    /// read here.
    /// </summary>
    private static bool IsReadable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsReadable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
        JsonValueKind.String => value.GetString() is not null,
        _ => true,
    };

    private static (JsonRpcMessage?, Refusal?) NotUnicode() =>
        (null, new(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body holds text that is not valid Unicode."));

    private static Refusal Invalid(RequestId id, string message) =>
        new(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, message) { Id = id };

    private static RequestId IdOf(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("id", out var id))
            return default;
        return id.ValueKind switch
        {
            JsonValueKind.String => new RequestId(id.GetString()!),
            JsonValueKind.Number when id.TryGetInt64(out var number) => new RequestId(number),
            _ => default,
        };
    }
}
