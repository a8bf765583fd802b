using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Paths;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Shell;

/// <summary>
/// Judges commands: first their text, then what is always denied, then the policy's deny rules, then its allow rules. Looks at the disk for
/// programs and links; runs and changes nothing.
/// </summary>
/// <param name="policy">The section <c>shell</c>.</param>
/// <param name="agentFolders">The agent's own folders, which no command may name.</param>
/// <param name="agentUser">The user that the agent runs as.</param>
internal sealed class ShellRules(ShellPolicy policy, IReadOnlyList<string> agentFolders, string agentUser)
{
    private const string Root = "root";

    private readonly AlwaysDenied _always = new(
        new ProtectedPaths([.. agentFolders.Select(folder => RealPath.Resolve(folder, Directory.GetCurrentDirectory()) ?? folder)]), policy.HostAccess);

    /// <summary>The rules of this agent.</summary>
    public static ShellRules Of(ShellPolicy policy, string dataDirectory) => new(policy, [dataDirectory], Environment.UserName);

    /// <summary>The command ready to start; <c>policy_refused</c> with the rule in its details.</summary>
    public Outcome<ShellPlan> Judge(ShellRequest request)
    {
        if (request.Shell && !policy.Shell)
        {
            return PolicyRefusal.Because("shell.shell",
                "This agent's policy lets no task ask for a shell. Leave params.shell out, or set \"shell\": true in the section shell of its policy.");
        }
        if (UserFault(request.User, out var user) is { } userFault)
            return userFault;
        if (DirectoryFault(request.Directory, out var directory) is { } directoryFault)
            return directoryFault;
        var read = Read(request);
        if (!read.Ok)
            return read.Problem;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var variables = (request.Environment ?? new Dictionary<string, string>()).Concat(read.Value.SelectMany(stage => stage.Environment));
        if (EnvironmentFault(variables) is { } unsettable)
            return unsettable;
        foreach (var (name, value) in request.Environment ?? new Dictionary<string, string>())
            environment[name] = value;
        var stages = new List<AllowedStage>();
        foreach (var stage in read.Value)
        {
            var allowed = Judge(stage, directory);
            if (!allowed.Ok)
                return allowed.Problem;
            stages.Add(allowed.Value);
        }
        if (!request.Shell)
        {
            foreach (var (name, value) in read.Value[0].Environment)
                environment[name] = value;
            return new ShellPlan(stages, [stages[0].Program, .. stages[0].Arguments], directory, environment, user);
        }
        var script = string.Join(" | ", stages.Zip(read.Value, (allowed, stage) =>
            CommandQuoting.Quote(new CommandStage(stage.Environment, [allowed.Program, .. allowed.Arguments]))));
        return new ShellPlan(stages, [policy.Interpreter, "-c", script], directory, environment, user);
    }

    private static Outcome<List<CommandStage>> Read(ShellRequest request)
    {
        if (request.Args is not { } args)
            return CommandText.Parse(request.Command ?? "", request.Shell);
        if (!string.IsNullOrEmpty(request.Command))
            return new Problem(ProblemCodes.InvalidArgument, "The task has both a command and params.args. Give one of them.");
        if (args.Count == 0 || string.IsNullOrWhiteSpace(args[0]))
            return PolicyRefusal.Because("syntax.blank", "params.args is empty. Give a program and its arguments.");
        if (args.Sum(arg => arg.Length + 1) - 1 is > CommandText.MaxLength and var length)
            return PolicyRefusal.Because("syntax.length", $"The command has {length} characters; {CommandText.MaxLength} are the most.");
        return args.Select(CommandCharacters.Fault).FirstOrDefault(fault => fault is not null) is { } fault
            ? fault
            : new List<CommandStage> { new([], args) };
    }

    private Outcome<AllowedStage> Judge(CommandStage stage, string directory)
    {
        var called = stage.Words[0];
        if (!ProgramName.IsPlain(called))
        {
            return PolicyRefusal.Because("syntax.program_name",
                $"'{called}' can't name a program: give a name or an absolute path of ASCII letters, digits and _ - + . @, not relative to a folder.");
        }
        var program = ProgramFinder.Find(called);
        var command = new ResolvedCommand(
            called, program, program is null ? null : RealPath.Resolve(program, "/"), [.. stage.Words.Skip(1)], directory, path => RealPath.Resolve(path, directory));
        if ((_always.Fault(command) ?? Denied(command)) is { } denied)
            return denied;
        if (command.Program is null || command.Real is null)
            return PolicyRefusal.Because("shell.allow", $"There is no program '{called}' on this machine, in {ProgramFinder.SearchPath} or by its absolute path.");
        return Allowed(command);
    }

    private Problem? Denied(ResolvedCommand command)
    {
        var index = 0;
        foreach (var rule in policy.Deny ?? [])
        {
            if (Matches(rule, command))
            {
                return PolicyRefusal.Because($"shell.deny[{index}]",
                    $"This agent's policy denies '{command.Called}' with these arguments by its rule shell.deny[{index}].");
            }
            index++;
        }
        return null;
    }

    private static bool Matches(DenyRule rule, ResolvedCommand command) =>
        (rule.Program == DenyRule.Any || command.Names.Contains(ProgramName.Of(rule.Program)) || (RealOf(rule.Program) is { } real && real == command.Real))
        && (rule.Args ?? []).All(pattern => command.Arguments.Any(argument => ArgumentPattern.Matches(pattern, argument)))
        && (rule.Paths is null || command.Arguments.SelectMany(PathArguments.In).Select(command.Resolve)
            .Any(path => path is not null && rule.Paths.Any(folder => PathText.IsAtOrBelow(path, RealPath.Resolve(folder, "/") ?? folder))));

    private Outcome<AllowedStage> Allowed(ResolvedCommand command)
    {
        var near = new List<Problem>();
        var index = 0;
        foreach (var rule in policy.Allow ?? [])
        {
            var id = $"shell.allow[{index++}]";
            if (ProgramName.Of(rule.Program) != ProgramName.Of(command.Called) || RealOf(rule.Program) != command.Real
                || RuleArguments.Fit(rule.Args, rule.Options, command.Arguments) is not { } free)
                continue;
            if ((PathFault(rule, id, command, free) ?? HostFault(rule, id, command, free) ?? LaunchFault(rule, command, free)) is { } fault)
            {
                near.Add(fault);
                continue;
            }
            return new AllowedStage(command.Program!, command.Real!, command.Arguments, id);
        }
        return near.Count > 0 ? near[0] : PolicyRefusal.Because("shell.allow",
            $"No rule of this agent's policy allows '{command.Called}' with these arguments. Add one to shell.allow in its policy.json.");
    }

    private static string? RealOf(string program) => ProgramFinder.Find(program) is { } found ? RealPath.Resolve(found, "/") : null;

    private static Problem? PathFault(AllowRule rule, string id, ResolvedCommand command, bool[] free)
    {
        if (rule.Paths is null)
            return null;
        var folders = rule.Paths.Select(folder => RealPath.Resolve(folder, "/") ?? folder).ToList();
        foreach (var path in command.Arguments.Where((_, index) => free[index]).SelectMany(PathArguments.Certain))
        {
            if (command.Resolve(path) is not { } real || !folders.Any(folder => PathText.IsAtOrBelow(real, folder)))
                return PolicyRefusal.Because(id, $"'{path}' lies outside the folders that the rule {id} names: {string.Join(", ", rule.Paths)}.");
        }
        return null;
    }

    private static Problem? HostFault(AllowRule rule, string id, ResolvedCommand command, bool[] free) =>
        rule.Hosts is null ? null
        : command.Arguments.Where((argument, index) => free[index] && !HostArgument.Matches(ValueOf(argument), rule.Hosts)).FirstOrDefault() is { } other
            ? PolicyRefusal.Because(id, $"'{other}' isn't one of the hosts that the rule {id} names, or not plainly: {string.Join(", ", rule.Hosts)}.")
        : null;

    /// <summary>Of an option its value, which must be a host too.</summary>
    private static string ValueOf(string argument) =>
        argument.StartsWith('-') && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? argument[(at + 1)..] : argument;

    private Problem? LaunchFault(AllowRule rule, ResolvedCommand command, bool[] free)
    {
        if (!rule.RunsPrograms || !policy.Shell)
            return LaunchedPrograms.Fault(command, free);
        // What it runs can stand anywhere behind it, as words of their own or as code in one argument.
        for (var at = 0; at < command.Arguments.Count; at++)
        {
            var argument = command.Arguments[at];
            if (ProgramName.IsPlain(argument) && _always.Fault(Inner(command, argument, [.. command.Arguments.Skip(at + 1)])) is { } denied)
                return denied;
            if (free[at] && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                && EnvironmentNames.IsName(argument[..equals]) && !EnvironmentNames.MaySet(argument[..equals]))
                return NeverSet(argument[..equals]);
            if (free[at] && argument.Contains(' ', StringComparison.Ordinal) && CodeFault(command, argument) is { } code)
                return code;
        }
        return null;
    }

    private Problem? CodeFault(ResolvedCommand command, string code)
    {
        var read = CommandText.Parse(code, pipes: true);
        return read.Ok
            ? read.Value.Select(stage => _always.Fault(Inner(command, stage.Words[0], [.. stage.Words.Skip(1)]))).FirstOrDefault(fault => fault is not null)
            : read.Problem;
    }

    private static ResolvedCommand Inner(ResolvedCommand outer, string called, IReadOnlyList<string> arguments)
    {
        var program = ProgramFinder.Find(called);
        return outer with { Called = called, Program = program, Real = program is null ? null : RealPath.Resolve(program, "/"), Arguments = arguments };
    }

    private Problem? EnvironmentFault(IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, value) in variables)
        {
            if (!EnvironmentNames.MaySet(name))
                return NeverSet(name);
            if (policy.Environment?.Contains(name) != true)
                return PolicyRefusal.Because("shell.environment", $"This agent's policy lets no task set '{name}'. Add it to shell.environment in its policy.json.");
            if (value.Contains('\0', StringComparison.Ordinal))
                return PolicyRefusal.Because("syntax.control", $"The value of '{name}' has a NUL character.");
        }
        return null;
    }

    private static Problem NeverSet(string name) => PolicyRefusal.Because("always.environment",
        $"No task may set the variable '{name}': programs run other code for it, or it is no variable's name.");

    private Problem? UserFault(string? asked, out string? user)
    {
        var listed = policy.Users ?? [];
        var isRoot = agentUser == Root;
        user = asked ?? (isRoot && listed.Count > 0 ? listed[0] : null);
        if (asked is not null && !listed.Contains(asked))
            return PolicyRefusal.Because("shell.users", $"This agent's policy lets no task run as '{asked}'. Add it to shell.users in its policy.json.");
        if (asked is not null && asked != agentUser && !isRoot)
            return PolicyRefusal.Because("shell.users", $"The agent runs as '{agentUser}', so it can't run anything as '{asked}'.");
        if (isRoot && user is null)
        {
            return PolicyRefusal.Because("shell.users",
                "The agent runs as root, and its policy names no user to run commands as. List one in shell.users; root only if it must be.");
        }
        return null;
    }

    private Problem? DirectoryFault(string? asked, out string directory)
    {
        var allowed = policy.Directories ?? ["/"];
        directory = RealPath.Resolve(asked ?? (allowed.Count > 0 ? allowed[0] : "/"), "/") ?? "/";
        if (asked is null)
            return null;
        var real = directory;
        bool Holds(string folder) => policy.Directories is null ? real == folder : PathText.IsAtOrBelow(real, RealPath.Resolve(folder, "/") ?? folder);
        return PathText.IsPlain(asked) && allowed.Any(Holds)
            ? null
            : PolicyRefusal.Because("shell.directories", $"'{asked}' isn't a working folder that this agent's policy allows: {string.Join(", ", allowed)}.");
    }
}
