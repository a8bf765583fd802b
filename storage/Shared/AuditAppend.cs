using Outrider.Grains.Audit;

namespace Outrider.Storage.Shared;

/// <summary>One caller's entry on its way into the audit store.</summary>
internal sealed class AuditAppend(AuditEntry entry, long started)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AuditEntry Entry => entry;

    /// <summary>Timestamp of the call.</summary>
    public long Started => started;

    /// <summary>Random; tells this row from one of another node at the same time.</summary>
    public long Id { get; } = Random.Shared.NextInt64();

    /// <summary>The time it is stored under, in ticks (100 ns) since year 1, UTC.</summary>
    public long At { get; set; }

    /// <summary>Characters of all its texts.</summary>
    public int Size => entry.Tenant.Length + entry.Actor.Length + entry.Action.Length + entry.Target.Length + entry.Outcome.Length
        + (entry.Detail?.Length ?? 0);

    public Task Done => _done.Task;

    public void Commit() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
