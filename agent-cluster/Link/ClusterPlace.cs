using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;

namespace Outrider.Agent.Cluster.Link;

/// <summary>Where a linked agent belongs in the cluster.</summary>
/// <param name="Grains">The cluster's.</param>
/// <param name="Tenant">The agent's tenant.</param>
/// <param name="Agent">Its name.</param>
/// <param name="Link">Its link.</param>
internal sealed record ClusterPlace(IGrains Grains, string Tenant, string Agent, ObserverRef<IAgentLink> Link)
{
    /// <summary>The key of the agent's grains.</summary>
    public string Key => GrainKeys.Join(Tenant, Agent);
}
