using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Outrider.Api.Telemetry;

/// <summary>
/// Measures every HTTP request by method, route (never the address itself) and status, and names its span, where there is one, by them:
/// https://opentelemetry.io/docs/specs/semconv/http/http-spans/
/// </summary>
public sealed class HttpTelemetry
{
    public const string MeterName = "Outrider.Http";

    private readonly RequestDelegate _next;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _duration;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public HttpTelemetry(RequestDelegate next, TimeProvider time, IMeterFactory meters)
    {
        _next = next;
        _time = time;
        _duration = meters.Create(MeterName).CreateHistogram<double>(
            "outrider.http.request.duration", "s", "HTTP requests and how long they took, by method, route and status code.");
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var start = _time.GetTimestamp();
        try
        {
            await _next(context);
        }
        finally
        {
            Name(context);
            // A socket's life is no request's duration.
            if (context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            {
                _duration.Record(
                    _time.GetElapsedTime(start).TotalSeconds,
                    new KeyValuePair<string, object?>("method", MethodOf(context.Request)),
                    new KeyValuePair<string, object?>("route", RouteOf(context)),
                    new KeyValuePair<string, object?>("code", context.Response.StatusCode));
            }
        }
    }

    private static void Name(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        span.DisplayName = $"{MethodOf(context.Request)} {RouteOf(context)}";
        span.SetTag("http.request.method", MethodOf(context.Request));
        span.SetTag("http.route", RouteOf(context));
        span.SetTag("http.response.status_code", context.Response.StatusCode);
    }

    // Whatever else a client makes up must not become a series.
    private static string MethodOf(HttpRequest request) =>
        request.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? request.Method : "other";

    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route ? "/" + route.Trim('/') : "none";
}
