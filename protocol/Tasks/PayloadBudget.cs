namespace Outrider.Protocol.Tasks;

/// <summary>How many bytes of payload all tasks of a gateway or an agent hold together. Thread-safe.</summary>
public sealed class PayloadBudget(long limit)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>Takes <paramref name="bytes"/>; false: they don't fit and nothing was taken.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
