using Outrider.Api.Auth;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>How a tenant's metrics are kept, and for how long, the same for every front door.</summary>
public sealed class RetentionOperations(IMetricStore store, Auditor audit)
{
    /// <summary>How long metrics are kept, and how many series there may be.</summary>
    public async Task<Outcome<MetricPolicy>> GetPolicyAsync(Caller caller, CancellationToken cancellation)
    {
        var usage = await GetUsageAsync(caller, cancellation);
        return usage.Ok ? usage.Value.Policy : usage.Problem;
    }

    /// <summary>Replaces the policy and returns it. <c>invalid_argument</c> says what can't be.</summary>
    public async Task<Outcome<MetricPolicy>> SetPolicyAsync(Caller caller, MetricPolicy policy, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsManage) is { } forbidden)
            return forbidden;
        var outcome = await store.SetPolicyAsync(caller.Tenant, policy, cancellation);
        await audit.RecordAsync(caller, "metrics.policy", "", outcome.Problem, $"{policy}", cancellation);
        return outcome.Ok ? policy : outcome.Problem;
    }

    /// <summary>What the tenant's metrics are.</summary>
    public async Task<Outcome<MetricUsage>> GetUsageAsync(Caller caller, CancellationToken cancellation) =>
        Permissions.Require(caller, Permission.MetricsRead) is { } forbidden ? forbidden : await store.ReadUsageAsync(caller.Tenant, cancellation);

    /// <summary>Removes all metrics of an agent, also of one that was revoked. What it sends later is kept as of a new one.</summary>
    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string agent, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsManage) is { } forbidden)
            return forbidden;
        if (!Names.IsAgent(agent))
            return AgentOperations.UnknownAgent(agent);
        await store.DeleteAgentAsync(caller.Tenant, agent, cancellation);
        await audit.RecordAsync(caller, "metrics.delete", agent, null, detail: null, cancellation);
        return Done.Value;
    }
}
