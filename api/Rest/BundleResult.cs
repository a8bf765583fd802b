using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>An evidence bundle as a file, or the problem.</summary>
/// <param name="name">The file's name; holds nothing but letters, digits and marks that need no quoting.</param>
public sealed class BundleResult(Outcome<byte[]> outcome, string name) : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "application/gzip";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (!outcome.Ok)
        {
            await ProblemJson.WriteAsync(httpContext, outcome.Problem);
            return;
        }
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = outcome.Value.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await response.BodyWriter.WriteAsync(outcome.Value, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [ContentType]));
}
