using Outrider.Grains.Alerts;
using Outrider.Grains.Fleet;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Operations.Fleet;

/// <summary>The fleets that somebody looks at through this process, a bounded number of them. Thread-safe.</summary>
public sealed class FleetSnapshots(IGrains grains, IMetricStore metrics, IAlertStore alerts, TimeProvider time) : IDisposable
{
    /// <summary>Tenants at most; above, the one that nobody asked for longest goes.</summary>
    public const int MaxTenants = 100;

    /// <summary>A fleet that nobody asks for goes after it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FleetPace> _fleets = new(StringComparer.Ordinal);
    private ITimer? _sweep;

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _fleets.Count;
        }
    }

    /// <summary>A tenant's fleet as of about now.</summary>
    public Task<FleetSnapshot> GetAsync(string tenant, CancellationToken cancellation)
    {
        FleetPace? fleet;
        lock (_gate)
        {
            if (!_fleets.TryGetValue(tenant, out fleet))
                _fleets.Add(tenant, fleet = AddNeedsGate(tenant));
        }
        // Who goes away leaves the others waiting.
        return fleet.GetAsync().WaitAsync(cancellation);
    }

    public void Dispose()
    {
        lock (_gate)
            _sweep?.Dispose();
    }

    private FleetPace AddNeedsGate(string tenant)
    {
        if (_fleets.Count == MaxTenants)
            _fleets.Remove(_fleets.MaxBy(one => one.Value.Unasked).Key);
        _sweep ??= time.CreateTimer(_ => Sweep(), null, KeptFor / 2, KeptFor / 2);
        return new FleetPace(new FleetReader(tenant, grains, metrics, alerts, time).ReadAsync, time);
    }

    private void Sweep()
    {
        lock (_gate)
        {
            foreach (var (tenant, _) in _fleets.Where(one => one.Value.Unasked >= KeptFor).ToList())
                _fleets.Remove(tenant);
            if (_fleets.Count > 0)
                return;
            _sweep?.Dispose();
            _sweep = null;
        }
    }
}
