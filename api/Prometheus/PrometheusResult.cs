using Microsoft.AspNetCore.Http;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Prometheus;

/// <summary>The answer of a handler in Prometheus' envelope: <c>success</c> with data, or <c>error</c> with type and text.</summary>
internal sealed class PrometheusResult : IResult
{
    private readonly Problem? _problem;
    private readonly Func<PrometheusStream, Task> _writeData;

    public PrometheusResult(Problem problem) => (_problem, _writeData) = (problem, static _ => Task.CompletedTask);

    private PrometheusResult(Func<PrometheusStream, Task> writeData) => _writeData = writeData;

    /// <summary>The problem, or what a writer makes of the value.</summary>
    public static PrometheusResult Of<T>(Outcome<T> outcome, Func<PrometheusStream, T, Task> writeData) =>
        outcome.Ok ? new(stream => writeData(stream, outcome.Value)) : new(outcome.Problem);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        response.StatusCode = _problem is null ? StatusCodes.Status200OK : ErrorOf(_problem).Status;
        await using var stream = new PrometheusStream(response.BodyWriter, httpContext.RequestAborted);
        stream.Json.WriteStartObject();
        stream.Json.WriteString("status", _problem is null ? "success" : "error");
        if (_problem is null)
        {
            stream.Json.WritePropertyName("data");
            await _writeData(stream);
        }
        else
        {
            stream.Json.WriteString("errorType", ErrorOf(_problem).Type);
            stream.Json.WriteString("error", _problem.Message);
        }
        stream.Json.WriteEndObject();
    }

    /// <summary>Prometheus' status and type, or for what it doesn't know our own.</summary>
    private static (int Status, string Type) ErrorOf(Problem problem) => problem.Code switch
    {
        ProblemCodes.InvalidArgument => (StatusCodes.Status400BadRequest, "bad_data"),
        ProblemCodes.QueryFailed => (StatusCodes.Status422UnprocessableEntity, "execution"),
        ProblemCodes.TimedOut => (StatusCodes.Status503ServiceUnavailable, "timeout"),
        var code => (ProblemStatuses.Of(code), code),
    };
}
