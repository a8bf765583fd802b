using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>Tenants for the platform; credentials of the own tenant for its admins.</summary>
public static class TenantEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Tenants");
        tenants.MapGet("/", ListAsync).WithName("listTenants").WithSummary("Tenants by id. Platform.");
        tenants.MapPost("/", CreateAsync).WithName("createTenant").WithSummary("Creates a tenant. Platform.");
        tenants.MapGet("/{tenant}", GetAsync).WithName("getTenant").WithSummary("One tenant with its credentials. Admin or platform.");
        tenants.MapPatch("/{tenant}", UpdateAsync).WithName("updateTenant")
            .WithSummary("Changes what is given; quotas are replaced as a whole. Platform.");
        tenants.MapPost("/{tenant}/keys", IssueKeyAsync).WithName("createKey")
            .WithSummary("Issues an API key; its secret is shown this once. Admin or platform.");
        tenants.MapDelete("/{tenant}/keys/{key}", RevokeKeyAsync).WithName("revokeKey")
            .WithSummary("Revokes an API key, at once. Admin or platform.");
        tenants.MapPost("/{tenant}/enrolment-tokens", IssueTokenAsync).WithName("createEnrolmentToken")
            .WithSummary("Issues an enrolment token; its secret is shown this once. Admin or platform.");
        tenants.MapDelete("/{tenant}/enrolment-tokens/{token}", RevokeTokenAsync).WithName("revokeEnrolmentToken")
            .WithSummary("Revokes an enrolment token; agents that it let in stay. Admin or platform.");
    }

    private static async Task<ApiResult<TenantPage>> ListAsync(
        HttpContext context, TenantOperations operations, string? after = null, int limit = RestApi.DefaultPage)
    {
        var tenants = await operations.ListAsync(context.Caller(), after, limit);
        return Page(tenants, limit);
    }

    private static async Task<CreatedResult<TenantView>> CreateAsync(
        HttpContext context, TenantOperations operations, TenantCreateRequest request, CancellationToken cancellation)
    {
        var profile = new TenantProfile
        {
            Name = request.Name ?? request.Id,
            Description = request.Description,
            Enabled = request.Enabled,
            Quotas = request.Quotas ?? new(),
            AgentUrl = request.AgentUrl,
        };
        var created = await operations.CreateAsync(context.Caller(), request.Id, profile, cancellation);
        return new(created, tenant => $"{RestApi.Prefix}/tenants/{tenant.Id}");
    }

    private static async Task<ApiResult<TenantView>> GetAsync(HttpContext context, TenantOperations operations, string tenant) =>
        await operations.GetAsync(context.Caller(), tenant);

    private static async Task<ApiResult<TenantView>> UpdateAsync(
        HttpContext context, TenantOperations operations, string tenant, TenantUpdate update, CancellationToken cancellation) =>
        await operations.UpdateAsync(context.Caller(), tenant, update, cancellation);

    private static async Task<CreatedResult<IssuedCredential>> IssueKeyAsync(
        HttpContext context, TenantOperations operations, string tenant, KeyRequest request, CancellationToken cancellation)
    {
        var key = new ApiKeyRequest(request.Name, request.Role, request.ExpiresAt);
        var issued = await operations.IssueKeyAsync(context.Caller(), tenant, key, cancellation);
        return new(issued, key => $"{RestApi.Prefix}/tenants/{tenant}/keys/{key.Id}");
    }

    private static async Task<DoneResult> RevokeKeyAsync(
        HttpContext context, TenantOperations operations, string tenant, string key, CancellationToken cancellation) =>
        await operations.RevokeKeyAsync(context.Caller(), tenant, key, cancellation);

    private static async Task<CreatedResult<IssuedCredential>> IssueTokenAsync(
        HttpContext context, TenantOperations operations, string tenant, TokenRequest request, CancellationToken cancellation)
    {
        var token = new EnrolmentTokenRequest(request.Patterns, request.ExpiresAt, request.MaxUses);
        var issued = await operations.IssueEnrolmentTokenAsync(context.Caller(), tenant, token, cancellation);
        return new(issued, token => $"{RestApi.Prefix}/tenants/{tenant}/enrolment-tokens/{token.Id}");
    }

    private static async Task<DoneResult> RevokeTokenAsync(
        HttpContext context, TenantOperations operations, string tenant, string token, CancellationToken cancellation) =>
        await operations.RevokeEnrolmentTokenAsync(context.Caller(), tenant, token, cancellation);

    private static Outcome<TenantPage> Page(Outcome<List<TenantView>> tenants, int limit) => tenants.Ok
        ? new TenantPage(tenants.Value, tenants.Value.Count == limit ? tenants.Value[^1].Id : null)
        : tenants.Problem;
}
