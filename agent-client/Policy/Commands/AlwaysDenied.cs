using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Commands;

/// <summary>What no policy can allow, judged by the parsed command (docs/policy.md, "Always denied").</summary>
internal sealed class AlwaysDenied(ProtectedPaths paths, bool hostAccess)
{
    private static readonly Dictionary<string, string> s_programs = new (string Rule, string Programs)[]
    {
        ("always.power", "shutdown reboot halt poweroff init telinit kexec"),
        ("always.disk", "mkfs mke2fs mkswap mkdosfs mkntfs wipefs fdisk sfdisk cfdisk gdisk sgdisk cgdisk parted"),
        ("always.disk", "blkdiscard badblocks cryptsetup hdparm sg_format nvme"),
        ("always.other_user", "sudo sudoedit su doas pkexec runuser setpriv capsh sg newgrp login machinectl"),
        ("always.users", "passwd chpasswd useradd userdel usermod groupadd groupdel groupmod adduser deluser addgroup delgroup gpasswd"),
        ("always.users", "chgpasswd newusers chsh chfn chage vipw vigr visudo pwconv pwunconv grpconv grpunconv"),
        ("always.schedule", "crontab at batch atd anacron systemd-run"),
        ("always.shell_builtin", "eval exec source . history alias export"),
    }.SelectMany(group => group.Programs.Split(' ').Select(program => (program, group.Rule))).ToDictionary(StringComparer.Ordinal);

    private static readonly string[] s_hostAccess =
        ["nsenter", "chroot", "unshare", "mount", "umount", "pivot_root", "switch_root", "insmod", "modprobe", "rmmod", "losetup", "ctr", "runc", "crun"];

    private static readonly string[] s_power =
    [
        "poweroff", "reboot", "halt", "kexec", "soft-reboot", "suspend", "hibernate", "hybrid-sleep", "emergency", "rescue", "exit", "switch-root",
        "default", "isolate",
    ];

    private static readonly string[] s_netcat = ["nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"];

    private static readonly string[] s_deviceWriters = ["dd", "cp", "mv", "tee", "shred", "install", "truncate", "ln", "cat", "mknod", "pv", "ddrescue"];

    private static readonly string[] s_readAll =
    [
        "cp", "tar", "bsdtar", "rsync", "scp", "sftp", "zip", "7z", "7za", "7zr", "cpio", "pax", "mv", "ln", "grep", "egrep", "fgrep", "rgrep", "zgrep",
        "rg", "ag", "ack", "diff",
    ];

    /// <summary>Null: nothing of it is always denied.</summary>
    public Problem? Fault(ResolvedCommand command) =>
        command.Names.Select(name => ByName(name, command)).FirstOrDefault(fault => fault is not null) ?? ByPath(command);

    private Problem? ByName(string name, ResolvedCommand command)
    {
        if (s_programs.TryGetValue(name, out var rule) || (name.StartsWith("mkfs.", StringComparison.Ordinal) && (rule = "always.disk") is not null))
            return Denied(rule, name, "is never run for a task");
        if (s_hostAccess.Contains(name) && !hostAccess)
        {
            return PolicyRefusal.Because("always.host_access",
                $"'{name}' changes the machine itself: besides a rule it needs \"host_access\": true in the policy's section shell.");
        }
        if (name == "systemctl" && command.Arguments.FirstOrDefault(s_power.Contains) is { } verb)
            return Denied("always.power", $"systemctl {verb}", "is never run for a task");
        if (s_netcat.Contains(name) && Listens(command))
            return Denied("always.listener", name, "may not listen or run programs");
        if (s_readAll.Contains(name) && ReadsAgentFolder(command))
            return Denied("always.secret_path", name, "may not be given a folder that the agent's own lies in");
        if (s_deviceWriters.Contains(name) && NamesDevice(command) is { } device)
            return Denied("always.device", name, $"may not be given the device {device}");
        return ChangesWholeFolders(name, command) ? OnSystemFolder(name, command) : null;
    }

    private static bool ChangesWholeFolders(string name, ResolvedCommand command) => name switch
    {
        "rm" or "unlink" or "rmdir" or "shred" or "mv" => true,
        "chmod" or "chown" or "chgrp" or "chattr" or "setfacl" => IsRecursive(command) || Names(command, "/"),
        "find" => command.Arguments.Contains("-delete"),
        "rsync" => command.Arguments.Any(argument => argument.StartsWith("--del", StringComparison.Ordinal)),
        _ => false,
    };

    private Problem? ByPath(ResolvedCommand command)
    {
        foreach (var argument in command.Arguments)
        {
            foreach (var path in PathArguments.In(argument))
            {
                if (command.Resolve(path) is { } real && paths.IsSecret(real))
                    return Denied("always.secret_path", argument, $"names {real}, which no command may");
            }
        }
        return null;
    }

    private static Problem? OnSystemFolder(string name, ResolvedCommand command)
    {
        if (command.Arguments.Any(argument => argument.StartsWith("--no-pres", StringComparison.Ordinal)))
            return Denied("always.system_folder", $"{name} --no-preserve-root", "is never run for a task");
        foreach (var argument in command.Arguments.Where(argument => !argument.StartsWith('-')))
        {
            if (command.Resolve(argument) is { } real && ProtectedPaths.IsSystemFolder(real))
                return Denied("always.system_folder", name, $"may not be given {real}, a folder of the system");
        }
        return null;
    }

    private bool ReadsAgentFolder(ResolvedCommand command) =>
        command.Arguments.Where(argument => !argument.StartsWith('-')).SelectMany(PathArguments.In).Append(IsRecursive(command) ? "." : "/dev/null")
            .Any(path => command.Resolve(path) is { } real && paths.HoldsSecrets(real));

    private static bool IsRecursive(ResolvedCommand command) => command.Arguments.Any(argument =>
        argument.StartsWith("--", StringComparison.Ordinal)
            ? argument.Length > 2 && "--recursive".StartsWith(argument, StringComparison.Ordinal)
            : argument.StartsWith('-') && argument.Contains('R', StringComparison.OrdinalIgnoreCase));

    private static bool Names(ResolvedCommand command, string path) =>
        command.Arguments.Any(argument => !argument.StartsWith('-') && command.Resolve(argument) == path);

    private static bool Listens(ResolvedCommand command) => command.Arguments.Any(argument =>
        argument is "--listen" or "--exec" or "--sh-exec" or "--lua-exec"
        || argument is ['-', not '-', ..] && argument.AsSpan(1).IndexOfAny("lec") >= 0);

    private static string? NamesDevice(ResolvedCommand command) => command.Arguments.SelectMany(PathArguments.In)
        .Select(command.Resolve).FirstOrDefault(real => real is not null && ProtectedPaths.IsDevice(real));

    private static Problem Denied(string rule, string what, string why) => PolicyRefusal.Because(rule, $"'{what}' {why}, whatever the policy allows.");
}
