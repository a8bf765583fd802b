using Outrider.Agent.Policy.Commands;

namespace Outrider.Agent.Policy.Shell;

/// <summary>What the profile <c>dev</c> lets run besides the file's own rules: programs that show how the machine is, and open no file that a task names.</summary>
internal static class DevRules
{
    public static IReadOnlyList<AllowRule> Harmless { get; } =
    [
        .. ((string[])["date", "df", "free", "hostname", "id", "lsblk", "lscpu", "nproc", "pwd", "true", "false", "uname", "uptime", "vmstat", "whoami"])
            .Select(program => new AllowRule(program)),
        new("date", ["+*"]), new("df", ["-h"]), new("free", ["-h"]), new("uname", ["-a"]), new("uptime", ["-p"]),
        new("echo", [ArgumentPattern.Rest]),
    ];
}
