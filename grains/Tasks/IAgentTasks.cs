using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>The tasks of one agent, when it is linked anew: brings what it has and what the centre knows together. Key: <c>tenant/agent</c>.</summary>
public interface IAgentTasks : IGrain
{
    /// <summary>The agent has told all that it has over this link. Returns before the tasks have acted on it.</summary>
    [Idempotent]
    Task ReconcileAsync(List<TaskReport> known, ObserverRef<IAgentLink> link);
}
