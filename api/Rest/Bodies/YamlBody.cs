using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Outrider.Api.Operations.Alerts.Import;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Bodies;

/// <summary>A body of YAML, as text; bounded before room is made for it.</summary>
public sealed class YamlBody : IEndpointParameterMetadataProvider
{
    private static readonly string[] s_types = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"];

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private YamlBody(Outcome<string> text) => Text = text;

    /// <summary>The text; <c>unsupported_media_type</c>, <c>payload_too_large</c>, <c>invalid_argument</c>.</summary>
    public Outcome<string> Text { get; }

    public static async ValueTask<YamlBody?> BindAsync(HttpContext context, ParameterInfo parameter) => new(await ReadAsync(context.Request));

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(s_types, typeof(string)));

    private static async Task<Outcome<string>> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !s_types.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return new Problem(ProblemCodes.UnsupportedMediaType, "The body must be YAML, and say so: Content-Type: application/yaml.");
        if (request.ContentLength > ImportOperations.MaxBytes)
            return TooLarge();
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var count)
        {
            if (bytes.Length + count > ImportOperations.MaxBytes)
                return TooLarge();
            await bytes.WriteAsync(buffer.AsMemory(0, count));
        }
        try
        {
            return s_utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return new Problem(ProblemCodes.InvalidArgument, "The body can't be read: it must be UTF-8.");
        }
    }

    private static Problem TooLarge() =>
        new(ProblemCodes.PayloadTooLarge, $"A rule file may have {ImportOperations.MaxBytes / 1024} KiB. Split it.");
}
