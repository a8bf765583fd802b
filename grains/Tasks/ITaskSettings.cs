using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tasks;

/// <summary>What a tenant asks of tasks. Key: the tenant's id.</summary>
public interface ITaskSettings : IGrain
{
    [Idempotent]
    Task<TaskSettingsState> GetAsync();

    /// <summary>Replaces all of it. <c>invalid_argument</c>; <c>conflict</c>: <paramref name="known"/> isn't the present revision (null: whatever it is).</summary>
    Task<Outcome<TaskSettingsState>> SetAsync(TaskSettingsState settings, long? known);

    /// <summary>The name of the first rule by which this needs approval; null: it needs none.</summary>
    /// <param name="request">The task, or what a fan-out asks of each agent.</param>
    /// <param name="agents">Whom it is for.</param>
    [Idempotent]
    Task<string?> ApprovalRuleAsync(TaskRequest request, List<string> agents);
}
