using Outrider.Api.Auth;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>
/// What callers may do with tenants, the same for every front door: the platform everything, a tenant's admin what concerns the
/// credentials of the own tenant. To everybody else a tenant that isn't theirs is one that isn't there.
/// </summary>
public sealed class TenantOperations(IGrains grains, Auditor audit)
{
    /// <summary>Tenants by id, after <paramref name="after"/> (null: from the first). For the platform.</summary>
    public async Task<Outcome<List<TenantView>>> ListAsync(Caller caller, string? after, int limit)
    {
        if (Permissions.Require(caller, Permission.TenantsManage) is { } forbidden)
            return forbidden;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return new Problem(ProblemCodes.InvalidArgument, $"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        var tenants = new List<TenantView>(limit);
        foreach (var id in await grains.Get<ITenantDirectory>(ITenantDirectory.TheOne).ListAsync())
        {
            if (tenants.Count == limit)
                break;
            if (string.CompareOrdinal(id, after) > 0 && await Grain(id).GetAsync() is { Ok: true } tenant)
                tenants.Add(tenant.Value);
        }
        return tenants;
    }

    /// <summary>One tenant with its credentials, without their secrets.</summary>
    public async Task<Outcome<TenantView>> GetAsync(Caller caller, string id) =>
        Require(caller, id, Permission.TenantCredentialsManage) is { } problem ? problem : await Grain(id).GetAsync();

    /// <summary>Creates a tenant. For the platform.</summary>
    public async Task<Outcome<TenantView>> CreateAsync(Caller caller, string id, TenantProfile profile, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.TenantsManage) is { } forbidden)
            return forbidden;
        var outcome = TenantRules.CheckId(id) is { } problem ? problem : await Grain(id).CreateAsync(profile);
        await RecordAsync(caller, id, "tenant.create", id, outcome.Problem, detail: null, cancellation);
        return outcome;
    }

    /// <summary>Changes a tenant. For the platform.</summary>
    public async Task<Outcome<TenantView>> UpdateAsync(Caller caller, string id, TenantUpdate update, CancellationToken cancellation)
    {
        if (Require(caller, id, Permission.TenantsManage) is { } forbidden)
            return forbidden;
        var outcome = await Grain(id).UpdateAsync(update);
        await RecordAsync(caller, id, "tenant.update", id, outcome.Problem, Describe(update), cancellation);
        return outcome;
    }

    public async Task<Outcome<IssuedCredential>> IssueKeyAsync(
        Caller caller, string id, ApiKeyRequest request, CancellationToken cancellation)
    {
        if (Require(caller, id, Permission.TenantCredentialsManage) is { } problem)
            return problem;
        var outcome = await Grain(id).IssueKeyAsync(request);
        await RecordAsync(caller, id, "key.create", outcome.Value?.Id ?? request.Name, outcome.Problem,
            $"{request.Name} {request.Role}", cancellation);
        return outcome;
    }

    public async Task<Outcome<Done>> RevokeKeyAsync(Caller caller, string id, string key, CancellationToken cancellation)
    {
        if (Require(caller, id, Permission.TenantCredentialsManage) is { } problem)
            return problem;
        var outcome = await Grain(id).RevokeKeyAsync(key);
        await RecordAsync(caller, id, "key.revoke", key, outcome.Problem, detail: null, cancellation);
        return outcome;
    }

    public async Task<Outcome<IssuedCredential>> IssueEnrolmentTokenAsync(
        Caller caller, string id, EnrolmentTokenRequest request, CancellationToken cancellation)
    {
        if (Require(caller, id, Permission.TenantCredentialsManage) is { } problem)
            return problem;
        var outcome = await Grain(id).IssueEnrolmentTokenAsync(request);
        await RecordAsync(caller, id, "enrolment_token.create", outcome.Value?.Id ?? "", outcome.Problem,
            string.Join(' ', request.Patterns), cancellation);
        return outcome;
    }

    public async Task<Outcome<Done>> RevokeEnrolmentTokenAsync(Caller caller, string id, string token, CancellationToken cancellation)
    {
        if (Require(caller, id, Permission.TenantCredentialsManage) is { } problem)
            return problem;
        var outcome = await Grain(id).RevokeEnrolmentTokenAsync(token);
        await RecordAsync(caller, id, "enrolment_token.revoke", token, outcome.Problem, detail: null, cancellation);
        return outcome;
    }

    /// <summary>Null if the caller may do this to the tenant. One that isn't theirs is one that isn't there.</summary>
    internal static Problem? Require(Caller caller, string id, Permission permission) =>
        caller.Role != Role.Platform && caller.Tenant != id || !Names.IsTenant(id)
            ? new Problem(ProblemCodes.TenantNotFound, $"There is no tenant '{TenantRules.Short(id)}'.")
            : Permissions.Require(caller, permission);

    // What the platform does to a tenant stands in both logs, so that the tenant's admins see it too.
    private async Task RecordAsync(
        Caller caller, string tenant, string action, string target, Problem? problem, string? detail, CancellationToken cancellation)
    {
        await audit.RecordAsync(caller, action, target, problem, detail, cancellation);
        if (caller.Tenant != tenant && Names.IsTenant(tenant))
            await audit.RecordAsync(caller with { Tenant = tenant }, action, target, problem, detail, cancellation);
    }

    private static string Describe(TenantUpdate update) => string.Join(' ', new[]
    {
        update.Name is null ? null : "name",
        update.Description is null ? null : "description",
        update.Enabled is { } enabled ? (enabled ? "enable" : "disable") : null,
        update.Quotas is null ? null : "quotas",
        update.AgentUrl is null ? null : "agent_url",
    }.Where(part => part is not null));

    private ITenant Grain(string id) => grains.Get<ITenant>(id);
}
