using Outrider.Api.Auth;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What a tenant asks of tasks: which need the approval of a second person.</summary>
public sealed class TaskSettingsOperations(IGrains grains, Auditor audit)
{
    public async Task<Outcome<TaskSettingsState>> GetAsync(Caller caller)
    {
        if (Permissions.Require(caller, Permission.TaskSettingsRead) is { } problem)
            return problem;
        return await grains.Get<ITaskSettings>(caller.Tenant).GetAsync();
    }

    /// <summary>Replaces all of it; <c>conflict</c>: somebody else has meanwhile.</summary>
    public async Task<Outcome<TaskSettingsState>> SetAsync(Caller caller, TaskSettingsBody body)
    {
        var rules = body.Approvals ?? [];
        var set = Permissions.Require(caller, Permission.TaskSettingsManage) is { } forbidden ? forbidden
            : rules.Contains(null!) ? TenantRules.Invalid("An entry of approvals is null.")
            : await GrainCalls.OrProblemAsync(() => grains.Get<ITaskSettings>(caller.Tenant).SetAsync(new TaskSettingsState { Approvals = rules }, body.Revision));
        await audit.RecordAsync(
            caller, "task.settings", caller.Tenant, set.Problem,
            rules.Count == 0 ? "no approvals" : $"approvals: {string.Join(", ", rules.Take(20).Select(rule => TenantRules.Short(rule?.Name ?? "")))}",
            CancellationToken.None);
        return set;
    }
}
