using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Paths;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy;

/// <summary>Judges paths of tasks of type <c>file</c>.</summary>
/// <param name="policy">The section <c>file</c>.</param>
/// <param name="agentFolders">The agent's own folders, which no task may name.</param>
internal sealed class FileRules(FilePolicy policy, IReadOnlyList<string> agentFolders)
{
    /// <summary>Open only when a folder of the policy is one of these or lies in one: a policy that says <c>/</c> doesn't mean them.</summary>
    private static readonly string[] s_system =
        ["/etc", "/usr", "/proc", "/sys", "/boot", "/root", "/dev", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/run", "/var/run", "/var/spool/cron"];

    private readonly ProtectedPaths _protected = new([.. agentFolders.Select(folder => RealPath.Resolve(folder, Directory.GetCurrentDirectory()) ?? folder)]);

    /// <summary>Whether a path is written as one that means only itself. Null: it is.</summary>
    public static Problem? TextFault(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return new Problem(ProblemCodes.InvalidArgument, "params.path is missing. Give an absolute path.");
        if (!PathText.IsPlain(path) || path.Contains('\\', StringComparison.Ordinal) || Uri.UnescapeDataString(path) != path)
            return PolicyRefusal.Because("file.path", $"'{path}' isn't a plain absolute path: it may have no '.', '..', '//', backslash or encoded character.");
        return CommandCharacters.Fault(path);
    }

    /// <summary>Whether a file may be written there. Takes a real path. Null: it may.</summary>
    public Problem? WriteFault(string real) =>
        Fault(real, policy.Write, "file.write", "written")
        ?? ((policy.Write ?? []).Any(folder => RealPath.Resolve(folder, "/") == real)
            ? PolicyRefusal.Because("file.write", $"'{real}' is itself a folder of file.write: only what lies below it may be written.")
            : null);

    /// <summary>Whether a file may be sent to the centre. Takes a real path. Null: it may.</summary>
    public Problem? ReadFault(string real) => Fault(real, policy.Read, "file.read", "read");

    /// <summary>Whether a task may give a file to this owner. Null: it may.</summary>
    public Problem? OwnerFault(string owner) => policy.Owners?.Contains(owner) == true
        ? null
        : PolicyRefusal.Because("file.owners", $"This agent's policy lets no task give a file to '{owner}'. Add it to file.owners in its policy.json.");

    private Problem? Fault(string real, IReadOnlyList<string>? listed, string rule, string done)
    {
        if (_protected.IsSecret(real))
            return PolicyRefusal.Because("always.secret_path", $"'{real}' is never {done} for a task, whatever the policy allows.");
        var folders = (listed ?? []).Select(folder => RealPath.Resolve(folder, "/") ?? folder).Where(folder => PathText.IsAtOrBelow(real, folder)).ToList();
        if (folders.Count == 0)
            return PolicyRefusal.Because(rule, $"'{real}' may not be {done}: it lies in none of the folders in {rule} of this agent's policy.");
        return s_system.FirstOrDefault(system => PathText.IsAtOrBelow(real, system)) is { } tree && !folders.Any(folder => PathText.IsAtOrBelow(folder, tree))
            ? PolicyRefusal.Because("always.system_folder", $"'{real}' may not be {done}: {tree} is the system's, and {rule} names no folder in it.")
            : null;
    }
}
