using Microsoft.Extensions.Logging;
using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Live;

/// <summary>The agents that viewers of this process look at, each once however many do. Thread-safe.</summary>
internal sealed class LiveHub(
    IGrains grains, IFeeds feeds, IMetricStore store, IAlertStore alertStore, LiveMetrics metrics, TimeProvider time, ILogger<LiveHub> log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveAgent> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LiveAlerts> _alerts = new(StringComparer.Ordinal);

    /// <summary>The names of a tenant's agents.</summary>
    public Task<List<string>> AgentsAsync(string tenant) => grains.Get<IAgentDirectory>(tenant).ListAsync(null, int.MaxValue);

    /// <summary>Shows an agent to a subscription until <see cref="LeaveAsync(LiveView)"/>. Null: not now, ask again.</summary>
    public async Task<LiveView?> ViewAsync(string tenant, string name, LiveSubscription subscription)
    {
        var agent = Look(tenant, name);
        try
        {
            await agent.StartAsync();
            return await agent.ViewAsync(subscription);
        }
        catch (Exception e)
        {
            log.AgentUnseen(agent.Key, e.Message);
            await LeaveAsync(agent);
            return null;
        }
    }

    /// <summary>Shows a tenant's alerts to a subscription until <see cref="LeaveAsync(LiveAlertView)"/>. Null: not now, ask again.</summary>
    public async Task<LiveAlertView?> ViewAlertsAsync(string tenant, LiveFilter filter, int limit)
    {
        LiveAlerts? alerts;
        lock (_gate)
        {
            if (!_alerts.TryGetValue(tenant, out alerts))
                _alerts.Add(tenant, alerts = new LiveAlerts(tenant, feeds, alertStore));
            alerts.Lookers++;
        }
        try
        {
            await alerts.StartAsync();
            return await alerts.ViewAsync(filter, limit);
        }
        catch (Exception e)
        {
            log.AlertsUnseen(tenant, e.Message);
            await LeaveAsync(alerts);
            return null;
        }
    }

    public async ValueTask LeaveAsync(LiveAlertView view)
    {
        view.Alerts.Remove(view);
        await LeaveAsync(view.Alerts);
    }

    public async ValueTask LeaveAsync(LiveView view)
    {
        view.Agent.Remove(view);
        await LeaveAsync(view.Agent);
    }

    private LiveAgent Look(string tenant, string name)
    {
        var key = GrainKeys.Join(tenant, name);
        lock (_gate)
        {
            if (!_agents.TryGetValue(key, out var agent))
            {
                _agents.Add(key, agent = new LiveAgent(tenant, name, grains, feeds, store, time));
                metrics.AgentCame();
            }
            agent.Lookers++;
            return agent;
        }
    }

    private async ValueTask LeaveAsync(LiveAlerts alerts)
    {
        lock (_gate)
        {
            if (--alerts.Lookers > 0)
                return;
            _alerts.Remove(alerts.Tenant);
        }
        await alerts.DisposeAsync();
    }

    private async ValueTask LeaveAsync(LiveAgent agent)
    {
        lock (_gate)
        {
            if (--agent.Lookers > 0)
                return;
            _agents.Remove(agent.Key);
        }
        metrics.AgentWent();
        await agent.DisposeAsync();
    }
}
