using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Operations;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>The rows of a query, sent as they are rendered, or the problem.</summary>
public sealed class SqlAnswerResult(Outcome<SqlAnswer> outcome) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (!outcome.Ok)
            return ProblemJson.WriteAsync(httpContext, outcome.Problem);
        httpContext.Response.ContentType = "application/json";
        return RowSetJson.WriteAsync(httpContext.Response.BodyWriter, outcome.Value, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(SqlRows), ["application/json"]));
}
