using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>The answer of a handler that has nothing to show: 204, or the problem.</summary>
public sealed class DoneResult : IResult, IEndpointMetadataProvider
{
    private readonly Outcome<Done> _outcome;

    private DoneResult(Outcome<Done> outcome) => _outcome = outcome;

    public static implicit operator DoneResult(Outcome<Done> outcome) => new(outcome);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (!_outcome.Ok)
            return ProblemJson.WriteAsync(httpContext, _outcome.Problem);
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));
}
