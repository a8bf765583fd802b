using Outrider.Grains.Audit;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Writes what front doors did, and refused, into the audit store.</summary>
public sealed class Auditor(IAuditLog log, TimeProvider time)
{
    private const int MaxDetail = 4096;

    /// <summary>Appends one entry; durable when it returns.</summary>
    public ValueTask RecordAsync(
        Caller caller, string action, string target, Problem? problem, string? detail, CancellationToken cancellation) =>
        log.AppendAsync(
            new AuditEntry
            {
                At = time.GetUtcNow(),
                Tenant = caller.Tenant,
                Actor = caller.CredentialId,
                Action = action,
                Target = target,
                Outcome = problem?.Code ?? "ok",
                Detail = detail is { Length: > MaxDetail } ? detail[..MaxDetail] : detail,
            },
            cancellation);
}
