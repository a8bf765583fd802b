namespace Outrider.Grains.Tasks;

/// <summary>Which tasks of a tenant need the approval of a second person. All that is said must hold; what is empty holds for any.</summary>
/// <param name="Name">Names the rule: 1 to 64 characters.</param>
/// <param name="Types">Types of task.</param>
/// <param name="Agents">Names and patterns of agents.</param>
/// <param name="Commands">Patterns of the command, blanks and quotes set aside; <c>*</c> stands for any run of characters.</param>
/// <param name="MinAgents">Only a fan-out to so many agents or more; 0: single tasks, too.</param>
public sealed record ApprovalRule(
    string Name, List<string>? Types = null, List<string>? Agents = null, List<string>? Commands = null, int MinAgents = 0);
