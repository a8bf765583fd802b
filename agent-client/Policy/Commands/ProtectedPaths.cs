using Outrider.Agent.Policy.Paths;

namespace Outrider.Agent.Policy.Commands;

/// <summary>Places that no command may name, and folders that none may remove or change as a whole. Takes real paths.</summary>
/// <param name="agentFolders">The agent's own: its data folder with credential, secrets, policy and audit.</param>
internal sealed class ProtectedPaths(IReadOnlyList<string> agentFolders)
{
    private static readonly string[] s_secretPrefixes = ["/etc/passwd", "/etc/shadow", "/etc/gshadow", "/etc/sudoers"];
    private static readonly string[] s_secrets = ["/dev/mem", "/dev/kmem", "/dev/port", "/proc/kcore", "/proc/kmem", "/proc/sysrq-trigger"];
    private static readonly string[] s_processParts = ["environ", "mem", "root", "cwd", "exe", "fd", "fdinfo", "map_files", "task"];
    private static readonly string[] s_wholeTrees =
        ["/boot", "/proc", "/sys", "/dev", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64", "/usr/libexec"];
    private static readonly string[] s_harmlessDevices =
        ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/fd", "/dev/shm"];

    /// <summary>Whether no command may name it: password and sudo files, keys of ssh, memory, other processes' insides, the agent's own folder.</summary>
    public bool IsSecret(string path) =>
        s_secretPrefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))
        || s_secrets.Contains(path)
        || path.Split('/').Contains(".ssh")
        || IsInsideOfProcess(path)
        || agentFolders.Any(folder => PathText.IsAtOrBelow(path, folder));

    /// <summary>Whether the agent's own folder lies below it, so that whoever reads all that is in it reads secrets.</summary>
    public bool HoldsSecrets(string path) => agentFolders.Any(folder => PathText.IsAtOrBelow(folder, path));

    /// <summary>Whether it is the root, a folder in it, or one that the system lives in.</summary>
    public static bool IsSystemFolder(string path) =>
        path.Count(character => character == '/') == 1
        || s_wholeTrees.Any(tree => PathText.IsAtOrBelow(path, tree))
        || (path.Count(character => character == '/') == 2 && (PathText.IsAtOrBelow(path, "/usr") || PathText.IsAtOrBelow(path, "/var")));

    /// <summary>Whether it is a device other than the harmless ones.</summary>
    public static bool IsDevice(string path) =>
        PathText.IsAtOrBelow(path, "/dev") && path != "/dev" && !s_harmlessDevices.Any(harmless => PathText.IsAtOrBelow(path, harmless));

    private static bool IsInsideOfProcess(string path) =>
        path.Split('/') is ["", "proc", var process, var part, ..] && process.Length > 0
        && (char.IsAsciiDigit(process[0]) || process is "self" or "thread-self") && s_processParts.Contains(part);
}
