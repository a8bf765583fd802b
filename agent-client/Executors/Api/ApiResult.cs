using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Outrider.Agent.Http;
using Outrider.Protocol.Secrets;

namespace Outrider.Agent.Executors.Api;

/// <summary>The result of an <c>api</c> task: status, reason, headers, body.</summary>
internal static class ApiResult
{
    /// <summary>Most bytes of the body that the result holds.</summary>
    public const int MaxBody = 64 * 1024;

    private const int MaxHeader = 1024;
    private const int MaxHeaders = 64;

    public static JsonElement Of(HttpResponseMessage answer, AnswerBody body) => ResultJson.Fit(body.Head.Length, length => new JsonObject
    {
        ["status"] = (int)answer.StatusCode,
        ["reason"] = answer.ReasonPhrase,
        ["headers"] = Headers(answer),
        ["body"] = Text(body.Head.AsSpan(0, length)) ?? Convert.ToBase64String(body.Head.AsSpan(0, length)),
        ["encoding"] = Text(body.Head.AsSpan(0, length)) is null ? "base64" : "utf-8",
        ["bytes"] = body.Bytes,
        ["truncated"] = body.Cut || length < body.Bytes,
    });

    /// <summary>Bytes as text; a character that was cut at the end is left out. Null: they are none.</summary>
    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            var text = bytes[..^cut];
            if (Utf8.IsValid(text))
                return text.Contains((byte)0) ? null : Encoding.UTF8.GetString(text);
        }
        return null;
    }

    private static JsonObject Headers(HttpResponseMessage answer)
    {
        var headers = new JsonObject();
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Take(MaxHeaders))
        {
            var value = string.Join(", ", values);
            headers[name.ToLowerInvariant()] = IsSecret(name) ? "***" : value.Length > MaxHeader ? value[..MaxHeader] + "…" : value;
        }
        return headers;
    }

    private static bool IsSecret(string name) =>
        name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) || SecretRedactor.IsSecretName(Encoding.ASCII.GetBytes(name));
}
