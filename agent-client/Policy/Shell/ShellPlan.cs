namespace Outrider.Agent.Policy.Shell;

/// <summary>A command that was let through, ready to start.</summary>
/// <param name="Stages">Its programs; one unless it is a pipeline.</param>
/// <param name="Vector">The argument vector to start, absolute program first: the only stage, or the interpreter with the stages quoted again.</param>
/// <param name="Directory">Working folder, a real path.</param>
/// <param name="Environment">Variables besides the fixed ones.</param>
/// <param name="User">Whom to run as; null: the agent's own user.</param>
public sealed record ShellPlan(
    IReadOnlyList<AllowedStage> Stages, IReadOnlyList<string> Vector, string Directory, IReadOnlyDictionary<string, string> Environment, string? User);
