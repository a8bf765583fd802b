using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Operations.Metrics;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Metrics;

/// <summary>
/// An export as a file, sent as it is read: a client that reads slowly slows the reading down, one that goes away ends it. Or the problem.
/// </summary>
public sealed class ExportResult(Outcome<MetricExport> outcome, ExportFormat format) : IResult, IEndpointMetadataProvider
{
    private const int SendAt = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (!outcome.Ok)
        {
            await ProblemJson.WriteAsync(httpContext, outcome.Problem);
            return;
        }
        var cancellation = httpContext.RequestAborted;
        await using var blocks = outcome.Value.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        // Nothing is written before the first block is there: what fails till then can still be answered as a problem.
        var more = await blocks.MoveNextAsync();
        var response = httpContext.Response;
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"metrics.{format.Name}\"";
        var to = response.BodyWriter;
        to.Write(format.Header.Span);
        for (; more; more = await blocks.MoveNextAsync())
        {
            var (series, samples) = blocks.Current;
            var middle = format.Middle(series);
            foreach (var sample in samples)
            {
                format.Write(to, middle, sample);
                if (to.UnflushedBytes >= SendAt)
                    await to.FlushAsync(cancellation);
            }
        }
        await to.FlushAsync(cancellation);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(
            StatusCodes.Status200OK, typeof(string), [ExportFormat.Csv.ContentType, ExportFormat.JsonLines.ContentType]));
}
