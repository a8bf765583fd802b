using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Rest.Bodies;

namespace Outrider.Api.Rest.Alerts;

/// <summary>When alerts are kept but not told.</summary>
public static class SilenceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var silences = api.MapGroup("/silences").WithTags("Silences");
        silences.MapGet("/", ListAsync).WithName("listSilences").WithSummary("The silences that hold now or later. Viewer.");
        silences.MapPost("/", AddAsync).WithName("createSilence")
            .WithSummary("Keeps matching alerts quiet for a duration, or from one time to another. Operator.");
        silences.MapDelete("/{id}", DeleteAsync).WithName("deleteSilence").WithSummary("Ends a silence now; what still fires is told. Operator.");
    }

    private static async Task<ApiResult<SilenceList>> ListAsync(HttpContext context, SilenceOperations operations) =>
        await operations.ListAsync(context.Caller());

    private static async Task<CreatedResult<SilenceView>> AddAsync(
        HttpContext context, SilenceOperations operations, CheckedBody<SilenceView> silence, CancellationToken cancellation)
    {
        var added = silence.Outcome.Ok ? await operations.AddAsync(context.Caller(), silence.Outcome.Value, cancellation) : silence.Outcome.Problem;
        return new(added, one => $"{RestApi.Prefix}/silences/{one.Id}");
    }

    private static async Task<DoneResult> DeleteAsync(
        HttpContext context, SilenceOperations operations, string id, CancellationToken cancellation) =>
        await operations.DeleteAsync(context.Caller(), id, cancellation);
}
