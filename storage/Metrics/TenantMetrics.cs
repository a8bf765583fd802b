using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Outrider.Grains.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>What the store knows of a tenant without asking the database.</summary>
internal sealed class TenantMetrics(TenantRow row)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, AgentMetrics> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, AgentMetrics> _byNo = new();
    private TenantRow _row = row;
    private int _series;
    private long _stored;
    private long _refusedByLimit;
    private long _refusedByTime;

    /// <summary>As stored. Replaced as a whole.</summary>
    public TenantRow Row
    {
        get => Volatile.Read(ref _row);
        set => Volatile.Write(ref _row, value);
    }

    public MetricPolicy Policy => Row.Policy ?? s_default;

    public SeriesIndex Index { get; } = new();

    public ICollection<AgentMetrics> Agents => _byName.Values;

    private static readonly MetricPolicy s_default = new();

    public bool TryGet(string agent, [MaybeNullWhen(false)] out AgentMetrics found) => _byName.TryGetValue(agent, out found);

    public bool TryGet(int no, [MaybeNullWhen(false)] out AgentMetrics found) => _byNo.TryGetValue(no, out found);

    /// <summary>Adds it, or returns the one of that name.</summary>
    public AgentMetrics Add(AgentMetrics agent)
    {
        var held = _byName.GetOrAdd(agent.Name, agent);
        _byNo.TryAdd(held.No, held);
        return held;
    }

    public void Remove(AgentMetrics agent)
    {
        _byName.TryRemove(agent.Name, out _);
        _byNo.TryRemove(agent.No, out _);
        Index.Remove(agent);
        Release(agent.SeriesCount);
    }

    /// <summary>How many of <paramref name="wanted"/> new series the limit allows; they count from now on.</summary>
    public int Reserve(int wanted)
    {
        lock (_lock)
        {
            var allowed = Math.Clamp(Policy.MaxSeries - _series, 0, wanted);
            _series += allowed;
            return allowed;
        }
    }

    /// <summary>Whether one more series is allowed.</summary>
    public bool HasRoom()
    {
        lock (_lock)
            return _series < Policy.MaxSeries;
    }

    /// <summary>Counts series whatever the limit is: they are stored.</summary>
    public void Count(int series)
    {
        lock (_lock)
            _series += series;
    }

    public void Release(int series) => Count(-series);

    public void CountStored(int samples, int refusedByLimit)
    {
        Interlocked.Add(ref _stored, samples);
        Interlocked.Add(ref _refusedByLimit, refusedByLimit);
    }

    public void CountRefusedByTime(int samples) => Interlocked.Add(ref _refusedByTime, samples);

    public MetricUsage Usage()
    {
        lock (_lock)
        {
            return new MetricUsage(
                _byName.Count, _series, Interlocked.Read(ref _stored), Interlocked.Read(ref _refusedByLimit),
                Interlocked.Read(ref _refusedByTime), Policy);
        }
    }
}
