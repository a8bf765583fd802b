using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Outrider.Api.Operations.Files;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Files;

/// <summary>A file's content, whole or the range asked for, or the problem. Never shown by a browser, always saved.</summary>
public sealed class FileResult(Outcome<FileContent> outcome) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (!outcome.Ok)
        {
            await ProblemJson.WriteAsync(httpContext, outcome.Problem);
            return;
        }
        var (file, content) = (outcome.Value.File, outcome.Value.Content);
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // Disposes of the stream.
        await Results.Stream(content, file.ContentType, file.Name, file.CreatedAt, new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), ["application/octet-stream"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status206PartialContent, typeof(byte[]), ["application/octet-stream"]));
    }
}
