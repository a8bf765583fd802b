using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>What the store knows of a tenant without asking the database.</summary>
internal sealed class TenantMetrics(TenantRow row)
{
    private static readonly MetricPolicy s_default = new();

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, AgentMetrics> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, AgentMetrics> _byNo = new();
    private TenantRow _row = row;
    private int _series;
    private long _stored;
    private long _refusedByLimit;
    private long _refusedByTime;

    /// <summary>As stored.</summary>
    public TenantRow Row => Volatile.Read(ref _row);

    public MetricPolicy Policy => Row.Policy ?? s_default;

    public SeriesIndex Index { get; } = new();

    public ICollection<AgentMetrics> Agents => _byName.Values;

    public bool TryGet(string agent, [MaybeNullWhen(false)] out AgentMetrics found) => _byName.TryGetValue(agent, out found);

    public bool TryGet(int no, [MaybeNullWhen(false)] out AgentMetrics found) => _byNo.TryGetValue(no, out found);

    /// <summary>Adds it, or returns the one of that name.</summary>
    public AgentMetrics Add(AgentMetrics agent)
    {
        var held = _byName.GetOrAdd(agent.Name, agent);
        _byNo.TryAdd(held.No, held);
        return held;
    }

    /// <summary>Removes it; under its gate.</summary>
    public void Remove(AgentMetrics agent)
    {
        if (agent.Removed)
            return;
        agent.Removed = true;
        _byName.TryRemove(KeyValuePair.Create(agent.Name, agent));
        _byNo.TryRemove(agent.No, out _);
        Index.Remove(agent);
        Release(agent.SeriesCount);
    }

    public void SetPolicy(MetricPolicy policy)
    {
        lock (_lock)
            Volatile.Write(ref _row, _row with { Policy = policy });
    }

    /// <summary>From where on raw and minute chunks are kept; never goes back.</summary>
    public void SetRetained(int rawFrom, int minuteFrom)
    {
        lock (_lock)
            Volatile.Write(ref _row, _row with { RawFrom = Math.Max(_row.RawFrom, rawFrom), MinuteFrom = Math.Max(_row.MinuteFrom, minuteFrom) });
    }

    /// <summary>Adds series that are stored to an agent that has all before them; under its gate. Those it has already are left out.</summary>
    public void AddStored(AgentMetrics agent, SeriesRow row)
    {
        if (row.First < agent.SeriesCount)
            return;
        var table = MetricBatchCodec.ReadSeriesTable(row.Table);
        if (!table.Ok || row.First != agent.SeriesCount)
            throw new StorageException($"The series of agent {agent.Name} in the metric store are damaged. Restore the store from a backup.");
        agent.AddSeries(Index.Add(agent, row.First, table.Value));
        Count(table.Value.Length);
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
