using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Api.Operations;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Problems;

/// <summary>The HTTP boundary: turns every exception, and every bare error status of routing, into a problem.</summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers.XContentTypeOptions = "nosniff";
            await AnswerAsync(context, e);
            return;
        }
        if (!context.Response.HasStarted && context.Response is { ContentType: null, ContentLength: null } && Bare(context) is { } problem)
            await ProblemJson.WriteAsync(context, problem);
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ProblemStatuses.Of(ProblemCodes.Canceled);
            return;
        }
        if (exception is BadHttpRequestException bad)
        {
            await ProblemJson.WriteAsync(context, RequestProblems.From(bad));
            return;
        }
        if (GrainCalls.Describe(exception) is { } passing)
        {
            log.LogWarning(exception, "{Method} {Path} was answered {Code}", context.Request.Method, context.Request.Path, passing.Code);
            await ProblemJson.WriteAsync(context, passing);
            return;
        }
        var trace = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        log.LogError(exception, "{Method} {Path} failed, trace {TraceId}", context.Request.Method, context.Request.Path, trace);
        await ProblemJson.WriteAsync(context,
            new(ProblemCodes.Internal, "The centre failed at this. Its log has the reason under the trace id; tell its operator."), trace);
    }

    private static Problem? Bare(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new(ProblemCodes.NotFound,
            "There is nothing at this address. GET /openapi/v1.json describes what there is."),
        StatusCodes.Status405MethodNotAllowed => new(ProblemCodes.MethodNotAllowed,
            $"{context.Request.Method} is not possible here; {context.Response.Headers.Allow} is."),
        StatusCodes.Status413PayloadTooLarge => new(ProblemCodes.PayloadTooLarge, "The body is larger than this centre takes. Send less at once."),
        StatusCodes.Status415UnsupportedMediaType => RequestProblems.UnsupportedMediaType,
        _ => null,
    };
}
