using System.Runtime.InteropServices;

namespace Outrider.Api.Auth;

/// <summary>
/// A token bucket per key, a bounded number of them. Own code because the buckets of System.Threading.RateLimiting read the machine's
/// clock and can't be driven by a <see cref="TimeProvider"/>.
/// </summary>
public sealed class TokenBuckets(double perSecond, double burst, int maxKeys, TimeProvider time)
{
    private const string Shared = "";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = [];
    private long? _sweptAt;

    /// <summary>Takes a token. Null: it was there; else how long until the next one is.</summary>
    public TimeSpan? Take(string key) => Use(key, 1);

    /// <summary>Looks only. Null: a token is there; else how long until the next one is.</summary>
    public TimeSpan? Peek(string key) => Use(key, 0);

    private TimeSpan? Use(string key, double tokens)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            ref var bucket = ref BucketNeedsLock(key, now);
            bucket = Refilled(bucket, now);
            if (bucket.Tokens < 1)
                return TimeSpan.FromSeconds((1 - bucket.Tokens) / perSecond);
            bucket.Tokens -= tokens;
            return null;
        }
    }

    private ref Bucket BucketNeedsLock(string key, long now)
    {
        if (_buckets.Count >= maxKeys && !_buckets.ContainsKey(key))
        {
            RemoveFullNeedsLock(now);
            if (_buckets.Count >= maxKeys)
                key = Shared;
        }
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, key, out var found);
        if (!found)
            bucket = new Bucket { Tokens = burst, At = now };
        return ref bucket;
    }

    // Full buckets remember nothing worth keeping. Once a second at most, or a flood of keys would make every request pay for it.
    private void RemoveFullNeedsLock(long now)
    {
        if (_sweptAt is { } swept && time.GetElapsedTime(swept, now) < TimeSpan.FromSeconds(1))
            return;
        _sweptAt = now;
        foreach (var (key, _) in _buckets.Where(pair => Refilled(pair.Value, now).Tokens >= burst).ToList())
            _buckets.Remove(key);
    }

    private Bucket Refilled(Bucket bucket, long now) => new()
    {
        Tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond)),
        At = now,
    };

    private struct Bucket
    {
        public double Tokens;
        public long At;
    }
}
