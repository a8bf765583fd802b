using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Paths;

namespace Outrider.Agent.Policy.Shell;

/// <summary>Lets one program run with some arguments.</summary>
/// <param name="Program">
/// A name, looked up on a fixed PATH, or an absolute path. What a task calls must have the same name and be, through symlinks, the same file.
/// </param>
/// <param name="Args">
/// One pattern for each argument, in order, in which <c>*</c> is any text; a last <c>**</c> is any number of further ones. A pattern that
/// doesn't begin with <c>-</c> never matches an argument that does. Null: no arguments.
/// </param>
/// <param name="Options">Arguments that begin with <c>-</c> and may stand among those of <c>**</c>.</param>
/// <param name="Paths">Folders: each argument that a <c>*</c> let through is a path and must, through links and <c>..</c>, lie below one.</param>
/// <param name="Hosts">
/// Names such as <c>db1.example.com</c> or <c>*.example.com</c>: each argument that a <c>*</c> let through is a host, host:port or http(s) URL
/// of one of these.
/// </param>
/// <param name="RunsPrograms">
/// True, and only with <c>"shell": true</c>: the program may be one that runs other programs, such as <c>env</c> or <c>bash -c</c>.
/// </param>
public sealed record AllowRule(
    string Program = "",
    IReadOnlyList<string>? Args = null,
    IReadOnlyList<string>? Options = null,
    IReadOnlyList<string>? Paths = null,
    IReadOnlyList<string>? Hosts = null,
    bool RunsPrograms = false)
{
    internal string? Fault(string at) =>
        !ProgramName.IsPlain(Program) ? $"{at}.program must be a program's name or its absolute path, in plain ASCII without patterns"
        : Args is { Count: > 1 } && Args.SkipLast(1).Contains(ArgumentPattern.Rest) ? $"{at}.args has ** before its end"
        : Options is { Count: > 0 } && Args is not [.., ArgumentPattern.Rest] ? $"{at}.options needs ** at the end of args: it says which options may stand there"
        : (Options ?? []).FirstOrDefault(option => !option.StartsWith('-')) is { } plain ? $"{at}.options has '{plain}', which doesn't begin with -"
        : (Paths ?? []).FirstOrDefault(path => !PathText.IsPlain(path)) is { } bad ? $"{at}.paths has '{bad}', which is no absolute path"
        : (Hosts ?? []).FirstOrDefault(host => !HostArgument.IsPattern(host)) is { } host ? $"{at}.hosts has '{host}', which is neither a host's name or address nor *.domain"
        : Paths is not null && Hosts is not null ? $"{at} has paths and hosts: an argument can't be told to be one or the other; write two rules"
        : null;
}
