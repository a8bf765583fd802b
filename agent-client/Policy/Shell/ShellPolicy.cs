using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Paths;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy.Shell;

/// <summary>The policy for tasks of type <c>shell</c> (docs/policy.md). What is always denied stays denied whatever it says.</summary>
/// <param name="Enabled">True: the executor exists. Null: only in the profile <c>dev</c>.</param>
/// <param name="Shell">True: a task may ask for a shell, which then runs pipelines of allowed programs.</param>
/// <param name="Interpreter">The shell that is meant.</param>
/// <param name="Allow">What may run; nothing else may.</param>
/// <param name="Deny">What may not, though a rule of <paramref name="Allow"/> matches.</param>
/// <param name="Users">Users that a task may run as. An agent that is root runs nothing as root unless <c>root</c> is listed.</param>
/// <param name="Directories">Working folders, and those below them, that a task may choose; the first is the default. Null: <c>/</c> only.</param>
/// <param name="Environment">Variables that a task may set.</param>
/// <param name="HostAccess">True: nsenter, chroot, unshare, mount and the like may be allowed by a rule.</param>
/// <param name="MaxTimeoutSeconds">Longest time a command may run.</param>
/// <param name="MaxMemoryBytes">Address space of each process.</param>
/// <param name="MaxProcesses">Processes of the user it runs as, its others included.</param>
/// <param name="MaxFiles">Open files of each process.</param>
/// <param name="MaxCpuSeconds">CPU time of each process.</param>
public sealed record ShellPolicy(
    bool? Enabled = null,
    bool Shell = false,
    string Interpreter = "/bin/sh",
    IReadOnlyList<AllowRule>? Allow = null,
    IReadOnlyList<DenyRule>? Deny = null,
    IReadOnlyList<string>? Users = null,
    IReadOnlyList<string>? Directories = null,
    IReadOnlyList<string>? Environment = null,
    bool HostAccess = false,
    int MaxTimeoutSeconds = TaskTypes.MaxTimeoutSeconds,
    long? MaxMemoryBytes = null,
    int? MaxProcesses = null,
    int? MaxFiles = null,
    int? MaxCpuSeconds = null)
{
    private const string Path = "shell";

    internal bool IsEnabled => Enabled == true;

    /// <summary>What a profile makes of the section: in <c>dev</c> harmless programs may run unless it says <c>"enabled": false</c>.</summary>
    internal static ShellPolicy? InProfile(ShellPolicy? policy, bool isDev) =>
        !isDev || policy?.Enabled == false ? policy
        : (policy ?? new()) with { Enabled = true, Allow = [.. policy?.Allow ?? [], .. DevRules.Harmless], Users = policy?.Users ?? ["nobody"] };

    internal string? Fault() =>
        !PathText.IsPlain(Interpreter) ? $"{Path}.interpreter must be an absolute path"
        : (Directories ?? []).FirstOrDefault(folder => !PathText.IsPlain(folder)) is { } bad ? $"{Path}.directories has '{bad}', which is no absolute path"
        : (Environment ?? []).FirstOrDefault(name => !EnvironmentNames.MaySet(name)) is { } never
            ? $"{Path}.environment has '{never}', which no task may set: it isn't a variable's name, or it makes programs run other code"
        : MaxTimeoutSeconds is < 1 or > TaskTypes.MaxTimeoutSeconds ? $"{Path}.max_timeout_seconds must be 1 to {TaskTypes.MaxTimeoutSeconds}"
        : MaxMemoryBytes < 1 || MaxProcesses < 1 || MaxFiles < 1 || MaxCpuSeconds < 1
            ? $"{Path}.max_memory_bytes, max_processes, max_files and max_cpu_seconds must be at least 1"
        : Faults(Allow, (rule, path) => rule.Fault(path), "allow") ?? Faults(Deny, (rule, path) => rule.Fault(path), "deny");

    private static string? Faults<T>(IReadOnlyList<T>? rules, Func<T, string, string?> fault, string name) =>
        rules?.Select((rule, index) => fault(rule, $"{Path}.{name}[{index}]")).FirstOrDefault(found => found is not null);
}
