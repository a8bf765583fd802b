using Outrider.Grains.Fleet;

namespace Outrider.Api.Operations.Fleet;

/// <summary>
/// Keeps a snapshot as long as it is good, and takes another one when it is asked for: one at a time, for all who wait, and never more than a
/// tenth of the time. Thread-safe.
/// </summary>
/// <param name="read">Takes a snapshot.</param>
/// <param name="time">All time.</param>
public sealed class FleetPace(Func<Task<FleetSnapshot>> read, TimeProvider time)
{
    /// <summary>How long a snapshot is good.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    /// <summary>It rests so many times as long as it worked.</summary>
    private const int RestPerWork = 9;

    private readonly Lock _gate = new();
    private Task<FleetSnapshot>? _last;
    private long _readAt;
    private TimeSpan _rest;
    private long _askedAt = time.GetTimestamp();

    /// <summary>How long nobody asked.</summary>
    public TimeSpan Unasked => time.GetElapsedTime(Interlocked.Read(ref _askedAt));

    public Task<FleetSnapshot> GetAsync()
    {
        lock (_gate)
        {
            Interlocked.Exchange(ref _askedAt, time.GetTimestamp());
            if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_readAt) >= _rest))
                _last = Task.Run(ReadAsync);
            return _last;
        }
    }

    private async Task<FleetSnapshot> ReadAsync()
    {
        var began = time.GetTimestamp();
        var rest = MaxAge;
        try
        {
            var snapshot = await read();
            rest = time.GetElapsedTime(began) * RestPerWork;
            return snapshot;
        }
        finally
        {
            lock (_gate)
                (_readAt, _rest) = (time.GetTimestamp(), rest > MaxAge ? rest : MaxAge);
        }
    }
}
