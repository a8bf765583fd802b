using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Outrider.Api.Rest;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Problems;

/// <summary>Answers with <c>application/problem+json</c> (RFC 9457): every error of every HTTP front door goes through here.</summary>
public static class ProblemJson
{
    public const string ContentType = "application/problem+json";

    /// <summary>Writes the problem as the whole answer, with <c>Retry-After</c> and <c>WWW-Authenticate</c> where they belong.</summary>
    /// <param name="traceId">Finds the log entry of a failure; null where there is none.</param>
    public static async Task WriteAsync(HttpContext context, Problem problem, string? traceId = null)
    {
        var response = context.Response;
        response.StatusCode = ProblemStatuses.Of(problem.Code);
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (problem.Code == ProblemCodes.Unauthenticated)
            response.Headers.WWWAuthenticate = "Bearer realm=\"outrider\"";
        await using var json = new Utf8JsonWriter(response.BodyWriter, RestJson.Writer);
        Write(json, problem, traceId);
    }

    /// <summary>Writes the problem as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, Problem problem, string? traceId = null)
    {
        json.WriteStartObject();
        json.WriteString("type", ProblemStatuses.TypeOf(problem.Code));
        json.WriteString("title", ProblemStatuses.TitleOf(problem.Code));
        json.WriteNumber("status", ProblemStatuses.Of(problem.Code));
        json.WriteString("detail", problem.Message);
        json.WriteString("code", problem.Code);
        if (problem.RetryAfterSeconds is { } seconds)
            json.WriteNumber("retry_after_seconds", seconds);
        if (problem.Details is { Count: > 0 } details)
        {
            json.WriteStartObject("details");
            foreach (var (name, value) in details)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        if (traceId is not null)
            json.WriteString("trace_id", traceId);
        json.WriteEndObject();
    }
}
