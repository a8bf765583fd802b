namespace Outrider.Agent.Policy.Commands;

/// <summary>A program with its arguments, and what they mean on this machine.</summary>
/// <param name="Called">As the task called it.</param>
/// <param name="Program">Its absolute path, links not followed; null: there is none.</param>
/// <param name="Real">The file that it is, links followed; null: there is none.</param>
/// <param name="Arguments">Without the program.</param>
/// <param name="Directory">The working folder, absolute.</param>
/// <param name="Resolve">The real path of a path relative to <paramref name="Directory"/>; null: it can't be told.</param>
internal sealed record ResolvedCommand(
    string Called, string? Program, string? Real, IReadOnlyList<string> Arguments, string Directory, Func<string, string?> Resolve)
{
    /// <summary>How it is called, and how the file is called that it is: a program may do something else under each of its names.</summary>
    public IReadOnlyList<string> Names =>
        Real is not null && ProgramName.Of(Real) != ProgramName.Of(Called) ? [ProgramName.Of(Called), ProgramName.Of(Real)] : [ProgramName.Of(Called)];
}
