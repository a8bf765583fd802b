using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy;

/// <summary>What a task is told that the policy, or what is always denied, doesn't let through.</summary>
internal static class PolicyRefusal
{
    /// <summary><c>policy_refused</c>.</summary>
    /// <param name="rule">The rule's stable id, such as <c>shell.deny[0]</c> or <c>always.system_folder</c>; in the details as <c>rule</c>.</param>
    /// <param name="message">What was refused and what to change.</param>
    public static Problem Because(string rule, string message) =>
        new(ProblemCodes.PolicyRefused, message) { Details = new() { ["rule"] = rule } };

    /// <summary>The rule that refused; null: it isn't a refusal.</summary>
    public static string? RuleOf(Problem? problem) => problem?.Details?.GetValueOrDefault("rule");
}
