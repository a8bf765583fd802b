using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Paths;

namespace Outrider.Agent.Policy.Shell;

/// <summary>Refuses what some rule allows. It matches when all that it names does.</summary>
/// <param name="Program">A name or an absolute path; <c>*</c>: any program.</param>
/// <param name="Args">Patterns; each must match some argument, in any place. Null: any arguments.</param>
/// <param name="Paths">Folders and files: some argument is a path at or below one of these. Null: any.</param>
public sealed record DenyRule(string Program = "", IReadOnlyList<string>? Args = null, IReadOnlyList<string>? Paths = null)
{
    internal const string Any = "*";

    internal string? Fault(string at) =>
        Program != Any && !ProgramName.IsPlain(Program) ? $"{at}.program must be a program's name, its absolute path, or *"
        : Program == Any && Args is null && Paths is null ? $"{at} refuses everything; remove the section shell instead"
        : (Paths ?? []).FirstOrDefault(path => !PathText.IsPlain(path)) is { } bad ? $"{at}.paths has '{bad}', which is no absolute path"
        : null;
}
