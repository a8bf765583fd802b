using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;

namespace Outrider.Api.Rest;

/// <summary>Who did what, and what was refused.</summary>
public static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync).WithTags("Audit").WithName("listAudit")
            .WithSummary("Audit entries, newest first, kept for 365 days: the tenant's for its admin, its own for the platform. Admin or platform.");

    private static async Task<ApiResult<AuditPage>> ListAsync(
        HttpContext context, AuditOperations operations, [AsParameters] AuditParameters audit, CancellationToken cancellation) =>
        await operations.ListAsync(context.Caller(), audit.ToQuery(), audit.After, audit.Limit ?? RestApi.DefaultPage, cancellation);
}
