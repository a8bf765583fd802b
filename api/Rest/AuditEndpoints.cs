using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Grains.Audit;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>Who did what, and what was refused.</summary>
public static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync).WithTags("Audit").WithName("listAudit")
            .WithSummary("Audit entries, newest first: the tenant's for its admin, its own for the platform. Admin.");

    private static async Task<ApiResult<AuditPage>> ListAsync(
        HttpContext context,
        AuditOperations operations,
        CancellationToken cancellation,
        DateTimeOffset? before = null,
        int limit = RestApi.DefaultPage)
    {
        var entries = await operations.ListAsync(context.Caller(), before, limit, cancellation);
        return Page(entries, limit);
    }

    private static Outcome<AuditPage> Page(Outcome<IReadOnlyList<AuditEntry>> entries, int limit) => entries.Ok
        ? new AuditPage(entries.Value, entries.Value.Count == limit ? entries.Value[^1].At : null)
        : entries.Problem;
}
