namespace Outrider.Bench.Metrics;

/// <summary>The time of the data that is being stored.</summary>
internal sealed class BenchClock : TimeProvider
{
    private long _now;

    /// <summary>Milliseconds since 1970.</summary>
    public long Now
    {
        get => Interlocked.Read(ref _now);
        set => Interlocked.Exchange(ref _now, value);
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
}
