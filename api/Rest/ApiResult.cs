using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>The answer of a handler: 200 with the value as JSON, or the problem. Tells OpenAPI so.</summary>
public sealed class ApiResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly Outcome<T> _outcome;

    private ApiResult(Outcome<T> outcome) => _outcome = outcome;

#pragma warning disable CA1000, CA2225 // Lets a handler end in 'return outcome;'
    public static implicit operator ApiResult<T>(Outcome<T> outcome) => new(outcome);
#pragma warning restore CA1000, CA2225

    public Task ExecuteAsync(HttpContext httpContext) => _outcome.Ok
        ? httpContext.Response.WriteAsJsonAsync(_outcome.Value, httpContext.RequestAborted)
        : ProblemJson.WriteAsync(httpContext, _outcome.Problem);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}
