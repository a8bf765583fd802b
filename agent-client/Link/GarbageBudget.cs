namespace Outrider.Agent.Link;

/// <summary>
/// Collects short-lived objects after every 4 MB. Left alone, the runtime lets as much garbage gather as the processor has cache (tens of
/// megabytes), and its own setting for that can't be shipped with a program.
/// </summary>
internal sealed class GarbageBudget
{
    private const long Bytes = 4 * 1024 * 1024;

    private long _collectedAt;

    /// <summary>Costs next to nothing until the budget is used up; then under a millisecond.</summary>
    public void Check()
    {
        var collectedAt = Interlocked.Read(ref _collectedAt);
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collectedAt > Bytes && Interlocked.CompareExchange(ref _collectedAt, allocated, collectedAt) == collectedAt)
            GC.Collect(0, GCCollectionMode.Forced);
    }
}
