namespace Outrider.Agent.Link;

/// <summary>
/// Collects short-lived objects after every few megabytes. Left alone, the runtime lets as much garbage gather as the processor has cache (tens of
/// megabytes), and its own setting for that can't be shipped with a program.
/// </summary>
/// <param name="bytes">The budget.</param>
internal sealed class GarbageBudget(long bytes = GarbageBudget.DefaultBytes)
{
    private const long DefaultBytes = 4 * 1024 * 1024;

    private long _collectedAt;

    /// <summary>Costs next to nothing until the budget is used up; then under a millisecond.</summary>
    public void Check()
    {
        var collectedAt = Interlocked.Read(ref _collectedAt);
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collectedAt > bytes && Interlocked.CompareExchange(ref _collectedAt, allocated, collectedAt) == collectedAt)
            GC.Collect(0, GCCollectionMode.Forced);
    }
}
