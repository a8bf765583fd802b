using Outrider.Grains.Audit;

namespace Outrider.Storage.Shared;

/// <summary>One caller's entry on its way into the audit store.</summary>
internal sealed class AuditAppend(AuditEntry entry, long started) : GroupItem(started)
{
    public AuditEntry Entry => entry;

    /// <summary>Random; tells this row from one of another node at the same time.</summary>
    public long Id { get; } = Random.Shared.NextInt64();

    /// <summary>The time it is stored under, in ticks (100 ns) since year 1, UTC; 0: none yet.</summary>
    public long At { get; set; }

    /// <summary>Characters of all its texts.</summary>
    public override int Size => entry.Tenant.Length + entry.Actor.Length + entry.Action.Length + entry.Target.Length + entry.Outcome.Length
        + (entry.Detail?.Length ?? 0);
}
