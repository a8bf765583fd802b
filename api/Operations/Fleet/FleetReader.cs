using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Alerts;
using Outrider.Grains.Fleet;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Operations.Fleet;

/// <summary>Takes snapshots of a tenant's fleet. One caller at a time.</summary>
internal sealed class FleetReader(string tenant, IGrains grains, IMetricStore metrics, IAlertStore alerts, TimeProvider time)
{
    private const int AlertsAtOnce = 1_000;

    private readonly FleetRoster _roster = new(tenant, grains);

    public async Task<FleetSnapshot> ReadAsync()
    {
        var now = time.GetUtcNow();
        var agents = await _roster.ReadAsync(now);
        var since = now.ToUnixTimeMilliseconds() - MetricOperations.StaleAfter;
        var samples = await metrics.ReadRecentAsync(tenant, FleetValues.Metrics, since, CancellationToken.None);
        return FleetSnapshot.Of(now, agents, FleetValues.ByAgent(samples), await ReadAlertsAsync());
    }

    private async Task<FiringAlerts> ReadAlertsAsync()
    {
        var firing = new FiringAlerts();
        AlertCursor? after = null;
        IReadOnlyList<Alert> read;
        do
        {
            read = await alerts.ListAsync(tenant, new AlertQuery(AlertState.Firing), after, AlertsAtOnce, CancellationToken.None);
            foreach (var alert in read)
                firing.Add(alert);
            after = read.Count > 0 ? new AlertCursor(read[^1].FiredAt, read[^1].Id) : after;
        }
        while (read.Count == AlertsAtOnce);
        return firing;
    }
}
