using System.Globalization;
using Outrider.Api.Auth;
using Outrider.Grains.Audit;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Reads the audit store: a tenant's admin the tenant's entries, the platform its own.</summary>
public sealed class AuditOperations(IAuditLog log)
{
    /// <summary>A page of entries, newest first.</summary>
    /// <param name="after">The <see cref="AuditPage.Next"/> of the page before; null: from the newest.</param>
    public async Task<Outcome<AuditPage>> ListAsync(
        Caller caller, AuditQuery query, string? after, int limit, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AuditRead) is { } forbidden)
            return forbidden;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        if (after is not null && Read(after) is null)
            return TenantRules.Invalid("after must be the 'next' of the page before.");
        if (query.Action?.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < query.Action.Length - 1)
            return TenantRules.Invalid("action may have one * only, at its end.");
        var entries = await log.ReadAsync(caller.Tenant, query, after is null ? null : Read(after), limit, cancellation);
        return new AuditPage(entries, entries.Count == limit ? Write(entries[^1]) : null);
    }

    /// <summary>The time alone names an entry. It goes as a number: who takes it for a time can't round it and so skip some.</summary>
    private static string Write(AuditEntry last) => last.At.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Read(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
