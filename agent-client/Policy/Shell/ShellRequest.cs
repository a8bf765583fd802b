namespace Outrider.Agent.Policy.Shell;

/// <summary>A command that a task asks for, as it asks.</summary>
/// <param name="Command">Its text; null: <paramref name="Args"/> has the vector.</param>
/// <param name="Args">The program and its arguments; null: <paramref name="Command"/> has them.</param>
/// <param name="Shell">Whether it shall run by a shell, so that pipes work.</param>
/// <param name="Directory">Working folder; null: the policy's first.</param>
/// <param name="Environment">Variables to set.</param>
/// <param name="User">Whom to run as; null: the agent's own, or the policy's first.</param>
public sealed record ShellRequest(
    string? Command,
    IReadOnlyList<string>? Args = null,
    bool Shell = false,
    string? Directory = null,
    IReadOnlyDictionary<string, string>? Environment = null,
    string? User = null);
