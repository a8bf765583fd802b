namespace Outrider.Agent.Policy.Shell;

/// <summary>One program that a rule let through.</summary>
/// <param name="Program">Its absolute path, as it is started.</param>
/// <param name="Real">The file that it is, links followed.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Rule">The rule's id, such as <c>shell.allow[2]</c>.</param>
public sealed record AllowedStage(string Program, string Real, IReadOnlyList<string> Arguments, string Rule);
