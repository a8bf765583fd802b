using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <inheritdoc cref="ITaskSettings"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class TaskSettings(GrainContext context, IGrainState<TaskSettingsState> state) : Grain(context), ITaskSettings
{
    public const int MaxRules = 100;
    private const int MaxPatterns = 64;
    private const int MaxName = 64;
    private const int MaxPattern = 512;

    public Task<TaskSettingsState> GetAsync() => Task.FromResult(state.Value);

    public async Task<Outcome<TaskSettingsState>> SetAsync(TaskSettingsState settings, long? known)
    {
        if (known is not null && known != state.Value.Revision)
            return new Problem(ProblemCodes.Conflict, $"The settings have been changed meanwhile: their revision is {state.Value.Revision}. Read them and change those.");
        if (Fault(settings.Approvals) is { } fault)
            return new Problem(ProblemCodes.InvalidArgument, fault);
        state.Value = settings with { Revision = state.Value.Revision + 1 };
        await state.SaveAsync();
        return state.Value;
    }

    public Task<string?> ApprovalRuleAsync(TaskRequest request, List<string> agents) =>
        Task.FromResult(ApprovalRules.First(state.Value.Approvals, request, agents)?.Name);

    private static string? Fault(List<ApprovalRule> rules) =>
        rules.Count > MaxRules ? $"There may be {MaxRules} approval rules."
        : rules.Exists(rule => rule?.Name is not { Length: > 0 and <= MaxName }) ? $"Each approval rule has a name of 1 to {MaxName} characters."
        : rules.DistinctBy(rule => rule.Name).Count() < rules.Count ? "Name each approval rule once."
        : rules.Exists(rule => rule.MinAgents < 0) ? "min_agents isn't negative."
        : rules.SelectMany(rule => rule.Types ?? []).FirstOrDefault(type => !TaskTypes.All.Contains(type)) is { } unknown
            ? $"'{unknown}' is no type of task. There are {string.Join(", ", TaskTypes.All)}."
        : rules.Exists(rule => IsTooMuch(rule.Agents) || IsTooMuch(rule.Commands)) ? $"A rule has at most {MaxPatterns} patterns of 1 to {MaxPattern} characters each."
        : null;

    private static bool IsTooMuch(List<string>? patterns) =>
        patterns is not null && (patterns.Count > MaxPatterns || patterns.Exists(pattern => pattern is not { Length: > 0 and <= MaxPattern }));
}
