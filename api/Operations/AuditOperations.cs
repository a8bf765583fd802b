using Outrider.Grains.Audit;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Reads the audit store: a tenant's admin the tenant's entries, the platform its own.</summary>
public sealed class AuditOperations(IAuditLog log)
{
    /// <summary>Entries, newest first, older than <paramref name="before"/> (null: from now).</summary>
    public async Task<Outcome<IReadOnlyList<AuditEntry>>> ListAsync(
        Caller caller, DateTimeOffset? before, int limit, CancellationToken cancellation)
    {
        if (caller.Role != Role.Platform && Permissions.Require(caller, Role.Admin) is { } forbidden)
            return forbidden;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return new Problem(ProblemCodes.InvalidArgument, $"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        return new Outcome<IReadOnlyList<AuditEntry>> { Value = await log.ReadAsync(caller.Tenant, before, limit, cancellation) };
    }
}
