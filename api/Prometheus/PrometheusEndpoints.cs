using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Prometheus;

/// <summary>What Grafana asks of a Prometheus (https://prometheus.io/docs/prometheus/2.42/querying/api/).</summary>
public static class PrometheusEndpoints
{
    /// <summary>The version whose API and PromQL these are; Grafana chooses by it what it asks for.</summary>
    private const string Version = "2.42.0";

    /// <summary>What Prometheus says of its build, and who parses that expects.</summary>
    private static readonly string[] s_unknownOfBuild = ["revision", "branch", "buildUser", "buildDate", "goVersion"];

    private static readonly string[] s_getOrPost = [HttpMethods.Get, HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods("/query", s_getOrPost, QueryAsync);
        api.MapMethods("/query_range", s_getOrPost, QueryRangeAsync);
        api.MapMethods("/series", s_getOrPost, ListSeriesAsync);
        api.MapMethods("/labels", s_getOrPost, ListLabelsAsync);
        api.MapGet("/label/{name}/values", ListValuesAsync);
        api.MapGet("/metadata", ListMetadataAsync);
        api.MapGet("/status/buildinfo", GetBuildInfo);
    }

    private static async Task<PrometheusResult> QueryAsync(
        HttpContext context, PromQlOperations operations, TimeProvider time, CancellationToken cancellation)
    {
        var parameters = await PrometheusParameters.ReadAsync(context.Request, cancellation);
        return await AnswerAsync(
            context, operations, parameters, parameters.Once(time.GetUtcNow().ToUnixTimeMilliseconds()), isRange: false, cancellation);
    }

    private static async Task<PrometheusResult> QueryRangeAsync(
        HttpContext context, PromQlOperations operations, CancellationToken cancellation)
    {
        var parameters = await PrometheusParameters.ReadAsync(context.Request, cancellation);
        return await AnswerAsync(context, operations, parameters, parameters.Range(), isRange: true, cancellation);
    }

    private static async Task<PrometheusResult> AnswerAsync(
        HttpContext context,
        PromQlOperations operations,
        PrometheusParameters parameters,
        Outcome<QuerySteps> steps,
        bool isRange,
        CancellationToken cancellation)
    {
        if (!steps.Ok)
            return new PrometheusResult(steps.Problem);
        var timeout = parameters.Timeout(PromQlOperations.MaxTime);
        if (!timeout.Ok)
            return new PrometheusResult(timeout.Problem);
        var value = await operations.QueryAsync(
            context.Caller(), parameters["query"] ?? "", steps.Value, isRange, timeout.Value, cancellation);
        return PrometheusResult.Of(value, (stream, data) => QueryValueJson.WriteAsync(stream, data, steps.Value, isRange));
    }

    private static async Task<PrometheusResult> ListSeriesAsync(
        HttpContext context, PromQlOperations operations, CancellationToken cancellation)
    {
        var parameters = await PrometheusParameters.ReadAsync(context.Request, cancellation);
        if (parameters.All(PrometheusParameters.Match).Count == 0)
            return new PrometheusResult(new Problem(ProblemCodes.InvalidArgument, "Say which series with at least one match[]."));
        return await ListAsync(context, operations, parameters, static series => series, QueryValueJson.WriteLabels, cancellation);
    }

    private static async Task<PrometheusResult> ListLabelsAsync(
        HttpContext context, PromQlOperations operations, CancellationToken cancellation)
    {
        var parameters = await PrometheusParameters.ReadAsync(context.Request, cancellation);
        return await ListAsync(
            context, operations, parameters, static series => Sorted(series, static _ => true, static label => label.Name),
            static (json, name) => json.WriteStringValue(name), cancellation);
    }

    private static async Task<PrometheusResult> ListValuesAsync(
        HttpContext context, PromQlOperations operations, string name, CancellationToken cancellation)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            return new PrometheusResult(new Problem(ProblemCodes.InvalidArgument, $"'{name}' can't be the name of a label."));
        var parameters = await PrometheusParameters.ReadAsync(context.Request, cancellation);
        return await ListAsync(
            context, operations, parameters, series => Sorted(series, label => label.Name == name, static label => label.Value),
            static (json, value) => json.WriteStringValue(value), cancellation);
    }

    /// <summary>Lists what the series are or have, as an array.</summary>
    private static async Task<PrometheusResult> ListAsync<T>(
        HttpContext context,
        PromQlOperations operations,
        PrometheusParameters parameters,
        Func<IEnumerable<LabelSet>, IEnumerable<T>> choose,
        Action<Utf8JsonWriter, T> write,
        CancellationToken cancellation)
    {
        if (parameters.CheckTimes() is { } problem)
            return new PrometheusResult(problem);
        var series = await operations.FindAsync(context.Caller(), parameters.All(PrometheusParameters.Match), cancellation);
        return PrometheusResult.Of(series, async (stream, found) =>
        {
            stream.Json.WriteStartArray();
            foreach (var item in choose(found))
            {
                write(stream.Json, item);
                await stream.SendIfLargeAsync();
            }
            stream.Json.WriteEndArray();
        });
    }

    private static async Task<PrometheusResult> ListMetadataAsync(HttpContext context, CancellationToken cancellation)
    {
        var parameters = await PrometheusParameters.ReadAsync(context.Request, cancellation);
        var limit = int.TryParse(parameters["limit"], CultureInfo.InvariantCulture, out var given) && given >= 0 ? given : int.MaxValue;
        var name = parameters["metric"] is { Length: > 0 } named ? named : null;
        return PrometheusResult.Of(PromQlOperations.Describe(context.Caller()), (stream, metrics) =>
        {
            stream.Json.WriteStartObject();
            foreach (var metric in metrics.Where(metric => name is null || metric.Name == name).Take(limit))
            {
                stream.Json.WriteStartArray(metric.Name);
                stream.Json.WriteStartObject();
                stream.Json.WriteString("type", metric.Kind == MetricKind.Counter ? "counter" : "gauge");
                stream.Json.WriteString("help", metric.Help);
                stream.Json.WriteString("unit", metric.Unit);
                stream.Json.WriteEndObject();
                stream.Json.WriteEndArray();
            }
            stream.Json.WriteEndObject();
            return Task.CompletedTask;
        });
    }

    private static PrometheusResult GetBuildInfo() => PrometheusResult.Of<string>(Version, static (stream, version) =>
    {
        stream.Json.WriteStartObject();
        stream.Json.WriteString("version", version);
        foreach (var unknown in s_unknownOfBuild)
            stream.Json.WriteString(unknown, "");
        stream.Json.WriteString("application", "Outrider");
        stream.Json.WriteEndObject();
        return Task.CompletedTask;
    });

    private static IEnumerable<string> Sorted(IEnumerable<LabelSet> series, Func<Label, bool> wanted, Func<Label, string> choose) =>
        series.SelectMany(one => one.Labels.ToArray()).Where(wanted).Select(choose).Distinct().Order(StringComparer.Ordinal);
}
