using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Operations.Files;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Files;

/// <summary>The answer to an upload: 201 with the file, 200 with the one that the tenant had already, or the problem.</summary>
public sealed class UploadResult : IResult, IEndpointMetadataProvider
{
    private readonly Outcome<KeptFile> _outcome;

    private UploadResult(Outcome<KeptFile> outcome) => _outcome = outcome;

    public static implicit operator UploadResult(Outcome<KeptFile> outcome) => new(outcome);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (!_outcome.Ok)
            return ProblemJson.WriteAsync(httpContext, _outcome.Problem);
        var (response, file) = (httpContext.Response, _outcome.Value.File);
        response.StatusCode = _outcome.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        response.Headers.Location = $"{RestApi.Prefix}/files/{file.Id}";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsJsonAsync(file, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(FileView), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(FileView), ["application/json"]));
    }
}
