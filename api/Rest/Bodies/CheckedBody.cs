using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Bodies;

/// <summary>A JSON body of many members, read so that a misspelt one is refused with the name it comes nearest to. Tells OpenAPI of it.</summary>
public sealed class CheckedBody<T> : IEndpointParameterMetadataProvider where T : class
{
    private static readonly JsonSerializerOptions s_json = CreateJson();

    private CheckedBody(Outcome<T> outcome) => Outcome = outcome;

    /// <summary>What it says; <c>invalid_argument</c>, <c>unsupported_media_type</c>.</summary>
    public Outcome<T> Outcome { get; }

#pragma warning disable CA1000 // Found here by ASP.NET Core.
    public static async ValueTask<CheckedBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(!context.Request.HasJsonContentType()
            ? RequestProblems.UnsupportedMediaType
            : await ReadAsync(context.Request.Body, context.RequestAborted));
#pragma warning restore CA1000

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static async Task<Outcome<T>> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            var element = await JsonSerializer.DeserializeAsync<JsonElement>(body, s_json, cancellation);
            if (element.ValueKind != JsonValueKind.Object)
                return new Problem(ProblemCodes.InvalidArgument, "The body must be a JSON object.");
            return MemberNames.Unknown(element, typeof(T), s_json) is { } unknown
                ? new Problem(ProblemCodes.InvalidArgument, $"The body can't be read: {unknown}.")
                : element.Deserialize<T>(s_json)!;
        }
        catch (JsonException e)
        {
            return RequestProblems.From(e);
        }
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
