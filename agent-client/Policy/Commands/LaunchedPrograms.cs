using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Commands;

/// <summary>
/// Programs that run other programs or code that they are given: a rule that lets one run would let everything run. They need
/// <c>"shell": true</c> and <c>"runs_programs": true</c>, and then what they run is judged too as far as it can be read.
/// </summary>
internal static class LaunchedPrograms
{
    private const string Rule = "always.runs_programs";

    /// <summary>Read code: fine with a script that the rule names, as their first argument.</summary>
    private static readonly HashSet<string> s_interpreters =
        [.. ("sh bash dash ash zsh ksh mksh fish csh tcsh rbash rksh python perl ruby node nodejs deno bun php lua luajit tclsh wish expect awk gawk mawk " +
            "nawk original-awk Rscript julia guile ocaml java groovy pwsh osascript jshell irb ed ex vi vim view nvim emacs nano m4 bc dc sqlite3 gdb").Split(' ')];

    /// <summary>Run what follows them.</summary>
    private static readonly HashSet<string> s_launchers =
        [.. ("env xargs nohup timeout nice ionice chrt taskset setsid setarch linux32 linux64 stdbuf time watch script scriptreplay flock parallel strace " +
            "ltrace perf valgrind start-stop-daemon daemonize screen tmux dtach busybox toybox run-parts socat ssh slogin sshpass rsh prlimit cgexec " +
            "systemd-nspawn firejail bwrap unbuffer choom uclampset faketime fakeroot proot entr inotifywait ld.so command builtin coproc rlwrap " +
            "dbus-run-session dbus-launch xvfb-run man less more most").Split(' ')];

    /// <summary>Programs that run others only with one of these options: long and find-like ones whole, short ones by their letter.</summary>
    private static readonly Dictionary<string, (string[] Words, string Letters)> s_options = new()
    {
        ["find"] = (["-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fprint0", "-fprintf", "-fls", "-files0-from"], ""),
        ["tar"] = (["--checkpoint-action", "--to-command", "--use-compress-program", "--rsh-command", "--info-script", "--new-volume-script", "--rmt-command"], "IF"),
        ["rsync"] = (["--rsh", "--rsync-path"], "e"),
        ["git"] = (
            ["--upload-pack", "--receive-pack", "--exec", "--exec-path", "--config-env", "--ext-diff", "--open-files-in-pager", "--paginate", "--template"], "cOup"),
        ["scp"] = ([], "oSDF"),
        ["sftp"] = ([], "oSDFsb"),
        ["sort"] = (["--compress-program"], ""),
        ["split"] = (["--filter"], ""),
        ["zip"] = (["--unzip-command"], "T"),
        ["sed"] = (["--expression", "--file", "--in-place"], "efi"),
        ["tcpdump"] = ([], "zw"),
        ["curl"] = (
            ["--config", "--output", "--remote-name", "--upload-file", "--dump-header", "--cookie-jar", "--trace", "--trace-ascii",
                "--netrc-file", "--proxy", "--unix-socket"], "KoOTDcx"),
        ["wget"] = (["--use-askpass", "--execute", "--config", "--output-document", "--post-file", "--body-file", "--input-file"], "eOi"),
        ["mysql"] = (["--execute", "--pager", "--init-command", "--plugin-dir"], "e"),
        ["psql"] = (["--command", "--file", "--variable"], "cfv"),
        ["docker"] = (["--privileged", "--volume", "--mount", "--device", "--pid", "--cap-add"], "v"),
        ["journalctl"] = (["--vacuum-size", "--vacuum-time", "--vacuum-files", "--rotate", "--root", "--file", "--directory"], "D"),
        ["ip"] = (["-batch", "-force"], "b"),
        ["pip"] = (["--index-url", "--extra-index-url", "--requirement", "--editable"], "ire"),
        ["dpkg"] = (["--admindir", "--root", "--pre-invoke", "--post-invoke", "--install", "--unpack"], "i"),
        ["apt"] = (["--option", "--config-file"], "oc"),
        ["make"] = (["--eval", "--file", "--directory"], "fC"),
    };

    /// <summary>What their first argument is decides everything: a command of their own, or a script. The rule has to name it.</summary>
    private static readonly HashSet<string> s_byFirstArgument =
        [.. ("git docker podman nerdctl kubectl helm npm npx yarn pnpm pip pip3 make gmake cargo go mvn gradle apt " +
            "apt-get dpkg rpm yum dnf zypper apk gem composer sed").Split(' ')];

    private static readonly Dictionary<string, string> s_same = new()
    {
        ["mariadb"] = "mysql", ["apt-get"] = "apt", ["pip3"] = "pip", ["podman"] = "docker", ["nerdctl"] = "docker",
        ["bsdtar"] = "tar", ["gtar"] = "tar", ["gsed"] = "sed", ["gmake"] = "make",
    };

    /// <summary>Whether the program does nothing but run what it is given.</summary>
    public static bool Runs(string name) => s_launchers.Contains(name) || IsInterpreter(name) || name.StartsWith("ld-", StringComparison.Ordinal);

    /// <summary>What it would run that the rule doesn't name. Null: nothing.</summary>
    /// <param name="command">The command.</param>
    /// <param name="free">For each argument, whether a <c>*</c> of the rule let it through.</param>
    public static Problem? Fault(ResolvedCommand command, IReadOnlyList<bool> free)
    {
        foreach (var name in command.Names)
        {
            if (IsInterpreter(name) && command.Arguments is [['/', ..], ..] && !free[0])
                continue;
            if (Runs(name))
                return Refused($"'{name}' runs whatever it is given");
            if (s_byFirstArgument.Contains(name) && free.Count > 0 && free[0])
                return Refused($"What '{name}' does hangs on its first argument, which the rule leaves open");
            var known = s_same.GetValueOrDefault(name, name);
            if (s_options.TryGetValue(known, out var options)
                && command.Arguments.Where((argument, index) => free[index] && IsOption(argument, index, options, known)).FirstOrDefault() is { } argument)
                return Refused($"'{name} {argument}' can run programs or read and write files of its own choice");
        }
        return null;
    }

    private static bool IsInterpreter(string name) =>
        s_interpreters.Contains(name) || s_interpreters.Contains(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-'));

    private static bool IsOption(string argument, int index, (string[] Words, string Letters) options, string program)
    {
        // tar takes the letters of its first argument for options without a dash.
        if (program == "tar" && index == 0 && !argument.StartsWith('-'))
            return argument.AsSpan().IndexOfAny(options.Letters) >= 0;
        if (!argument.StartsWith('-'))
            return false;
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        // GNU programs take any beginning of a long option for the whole.
        return options.Words.Any(word => word == name || (name.Length > 2 && name.StartsWith("--", StringComparison.Ordinal) && word.StartsWith(name, StringComparison.Ordinal)))
            || (argument is ['-', not '-', ..] && argument.AsSpan(1).IndexOfAny(options.Letters) >= 0);
    }

    private static Problem Refused(string what) => PolicyRefusal.Because(Rule,
        $"{what}. Name the arguments one by one in the rule, or give the policy's section shell \"shell\": true and the rule \"runs_programs\": true.");
}
