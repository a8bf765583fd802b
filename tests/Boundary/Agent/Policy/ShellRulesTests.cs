using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Shell;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Agent.Policy;

/// <summary>The rules with this machine's own programs and links.</summary>
public sealed class ShellRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-rules-").FullName;

    public ShellRulesTests()
    {
        foreach (var name in (string[])["data", "data/sub", "other", "agent"])
            Directory.CreateDirectory(At(name));
        File.WriteAllText(At("other/x"), "x");
        File.CreateSymbolicLink(At("data/link"), At("other"));
        File.CreateSymbolicLink(At("data/round"), At("data/round"));
        File.CreateSymbolicLink(At("data/up"), "..");
        File.CreateSymbolicLink(At("data/secrets"), At("agent"));
        File.CreateSymbolicLink(At("data/root"), "/proc/self/root");
        File.CreateSymbolicLink(At("innocent"), "/bin/rm");
        File.CreateSymbolicLink(At("cat"), "/bin/sh");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cat sub/x")]
    [InlineData("cat ./sub/../x sub")]
    [InlineData("cat {data}/sub/x")]
    [InlineData("cat up/data/x")]
    [InlineData("/bin/cat x")]
    [InlineData("/usr/bin/cat x")]
    public void Judge_PathsInside_AreAllowed(string command) => Assert.True(Judge(command).Ok);

    [Theory]
    [InlineData("cat ../other/x")]
    [InlineData("cat {data}/../other/x")]
    [InlineData("cat link/x")]
    [InlineData("cat sub/../link/x")]
    [InlineData("cat up/other/x")]
    [InlineData("cat round/x")]
    [InlineData("cat /")]
    [InlineData("cat {data}x/y")]
    [InlineData("cat x=/etc/hosts")]
    [InlineData("cat root/etc/hosts")]
    [InlineData("cat /proc/self/cwd/x")]
    [InlineData("cat missing/../../other/x")]
    [InlineData("cat ..")]
    public void Judge_PathsThatLeadOut_AreRefused(string command) => Assert.Equal("policy_refused", Judge(command).Problem?.Code);

    [Fact]
    public void Judge_AgentsOwnFolderByALink_IsAlwaysDenied() => Assert.Equal("always.secret_path", RuleOf("cat secrets/secrets.env"));

    [Theory]
    [InlineData("innocent", "shell.allow")]
    [InlineData("{folder}/innocent -rf /", "always.system_folder")]
    [InlineData("{folder}/innocent x", "shell.allow")]
    [InlineData("{folder}/cat x", "shell.allow")]
    [InlineData("nosuchprogram", "shell.allow")]
    [InlineData("cаt x", "syntax.program_name")]
    [InlineData("./cat x", "syntax.program_name")]
    [InlineData("CAT x", "shell.allow")]
    [InlineData("cat -n x", "shell.allow")]
    public void Judge_OtherProgramOrLookAlike_IsRefused(string command, string rule) => Assert.Equal(rule, RuleOf(command));

    [Fact]
    public void Judge_TwoNamesOfOneFile_ALinkIsNotTheRulesProgram()
    {
        File.CreateSymbolicLink(At("mycat"), "/bin/cat");
        var rules = Rules(new ShellPolicy(Allow: [new(At("mycat"), ["**"])], Users: ["root"]));

        Assert.True(rules.Judge(new ShellRequest(At("mycat") + " x")).Ok);
        Assert.False(rules.Judge(new ShellRequest("cat x")).Ok);
    }

    [Fact]
    public void Judge_DenyRule_WinsInAnyOrderOfArguments()
    {
        var rules = Rules(new ShellPolicy(
            Allow: [new("echo", ["**"], ["-*"])], Deny: [new("echo", ["stop", "*prod*"]), new("*", Paths: [At("other")])], Users: ["root"]));

        Assert.True(rules.Judge(new ShellRequest("echo start prod-1")).Ok);
        Assert.Equal("shell.deny[0]", rules.Judge(new ShellRequest("echo -n prod-1 x stop")).Problem!.Details!["rule"]);
        Assert.Equal("shell.deny[1]", rules.Judge(new ShellRequest($"echo -f={At("data/link/x")}")).Problem!.Details!["rule"]);
    }

    [Fact]
    public void Judge_Pipeline_NeedsTheSwitchAndARuleForEveryStage()
    {
        var strict = new ShellPolicy(Allow: [new("echo", ["**"]), new("wc", ["-c"])], Users: ["root"]);

        Assert.Equal("shell.shell", Rules(strict).Judge(new ShellRequest("echo a | wc -c", Shell: true)).Problem!.Details!["rule"]);
        Assert.Equal("syntax.operator", Rules(strict).Judge(new ShellRequest("echo a | wc -c")).Problem!.Details!["rule"]);
        var open = Rules(strict with { Shell = true });
        Assert.Equal("shell.allow", open.Judge(new ShellRequest("echo a | id", Shell: true)).Problem!.Details!["rule"]);
        Assert.Equal("always.system_folder", open.Judge(new ShellRequest("echo a | rm -rf /", Shell: true)).Problem!.Details!["rule"]);
        var plan = open.Judge(new ShellRequest("echo 'a b' | wc -c", Shell: true)).Value!;
        Assert.Equal(["/bin/sh", "-c"], plan.Vector.Take(2));
        Assert.Matches("^/[a-z/]*/echo 'a b' \\| /[a-z/]*/wc -c$", plan.Vector[2]);
    }

    [Theory]
    [InlineData("env ls", false, "always.runs_programs")]
    [InlineData("env ls", true, null)]
    [InlineData("env rm -rf /", true, "always.system_folder")]
    [InlineData("env A=b sudo ls", true, "always.other_user")]
    [InlineData("env LD_PRELOAD=x ls", true, "always.environment")]
    [InlineData("env env /sbin/reboot", true, "always.power")]
    [InlineData("sh -c 'ls'", true, null)]
    [InlineData("sh -c 'rm -rf /'", true, "always.system_folder")]
    [InlineData("sh -c 'ls | rm -r -f /'", true, "always.system_folder")]
    [InlineData("sh -c 'ls; rm -rf $X'", true, "syntax.operator")]
    public void Judge_ProgramThatRunsPrograms_NeedsBothSwitchesAndIsJudgedToo(string command, bool runs, string? rule)
    {
        var rules = Rules(new ShellPolicy(Shell: runs, Allow: [new("env", ["**"], ["-*"], RunsPrograms: true), new("sh", ["-c", "*"], RunsPrograms: true)], Users: ["root"]));

        Assert.Equal(rule, rules.Judge(new ShellRequest(command)).Problem?.Details!["rule"]);
    }

    [Fact]
    public void Judge_Variables_AreOnlyThoseListed()
    {
        var rules = Rules(new ShellPolicy(Allow: [new("echo", ["**"])], Environment: ["MODE"], Users: ["root"]));

        Assert.Equal("fast", rules.Judge(new ShellRequest("MODE=fast echo x")).Value!.Environment["MODE"]);
        Assert.Equal("shell.environment", rules.Judge(new ShellRequest("OTHER=x echo x")).Problem!.Details!["rule"]);
        Assert.Equal("always.environment", rules.Judge(new ShellRequest("LD_PRELOAD=/x echo x")).Problem!.Details!["rule"]);
        Assert.Equal("always.environment", rules.Judge(new ShellRequest("echo x", Environment: new Dictionary<string, string> { ["PATH"] = "/tmp" })).Problem!.Details!["rule"]);
    }

    [Theory]
    [InlineData("agent", null, null, true)]
    [InlineData("agent", "other", null, false)]
    [InlineData("root", null, null, false)]
    [InlineData("root", "www", "www", true)]
    [InlineData("root", "root", null, false)]
    public void Judge_User_IsNeverRootUnlessListed(string agent, string? asked, string? runsAs, bool allowed)
    {
        var rules = new ShellRules(new ShellPolicy(Allow: [new("echo", ["**"])], Users: asked == "root" || asked is null ? null : ["www"]), [], agent);
        var plan = rules.Judge(new ShellRequest("echo", User: asked));

        Assert.Equal(allowed, plan.Ok);
        if (allowed)
            Assert.Equal(runsAs, plan.Value!.User);
    }

    [Theory]
    [InlineData("{data}/sub", true)]
    [InlineData("{data}", true)]
    [InlineData("{data}/link", false)]
    [InlineData("{data}/..", false)]
    [InlineData("sub", false)]
    [InlineData("/", false)]
    public void Judge_WorkingFolder_IsOneOfThePolicys(string asked, bool allowed) => Assert.Equal(allowed, Judge("cat x", directory: asked).Ok);

    [Fact]
    public void Judge_ArgumentVector_IsTakenAsItStandsAndJudgedTheSame()
    {
        Assert.Equal(["a;b", "$x"], Judge(args: ["cat", "a;b", "$x"]).Value!.Vector.Skip(1));
        Assert.Equal("syntax.control", Judge(args: ["cat", "a\nb"]).Problem!.Details!["rule"]);
        Assert.Equal("syntax.blank", Judge(args: [" "]).Problem!.Details!["rule"]);
        Assert.Equal("always.system_folder", Judge(args: ["rm", "-rf", "/"]).Problem!.Details!["rule"]);
        Assert.Equal("invalid_argument", Rules(new ShellPolicy(Users: ["root"])).Judge(new ShellRequest("cat", ["cat"])).Problem!.Code);
    }

    /// <summary>What we let through means to a real shell exactly what it means to us.</summary>
    [Fact]
    public async Task Parse_AcceptedText_HasTheWordsThatAShellSees()
    {
        var texts = new List<string> { "a b", "'a b' c", "\"a\\\"b\" \\' ''", "a\\\\b \"x\\y\" '\\'", "x=1 y", "a#b 'é中' \"'\" '\"'" };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(
            Gen.Elements("abA=/-_ \t'\"\\#%,.!^:+@]é".ToCharArray()).ArrayOf().ToArbitrary(), characters => texts.Add(new string(characters))));
        var accepted = texts.Select(text => (Text: text, Words: CommandText.Parse("printf " + text, pipes: false).Value?.Single().Words.Skip(1).ToList()))
            .Where(command => command.Words is { Count: > 0 }).ToList();
        var script = new StringBuilder();
        foreach (var (text, _) in accepted)
            script.Append("printf '%s\\0' ").Append(text).Append("\nprintf '\\n'\n");

        var start = new ProcessStartInfo("/bin/sh", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false) };
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync();
        shell.StandardInput.Write(script.ToString());
        shell.StandardInput.Close();

        var lines = (await output).Split('\n')[..^1];
        Assert.True(accepted.Count > 500);
        Assert.Equal(accepted.Select(command => string.Concat(command.Words!.Select(word => word + '\0'))), lines);
    }

    private Outcome<ShellPlan> Judge(string? command = null, IReadOnlyList<string>? args = null, string? directory = null) =>
        Rules(new ShellPolicy(
            Allow: [new("cat", ["**"], Paths: [At("data")])], Directories: [At("data")], Users: ["root", Environment.UserName]))
            .Judge(new ShellRequest(command is null ? null : Fill(command), args, Directory: directory is null ? null : Fill(directory)));

    private string RuleOf(string command) => Judge(command).Problem!.Details!["rule"];

    private ShellRules Rules(ShellPolicy policy) => new(policy, [At("agent")], Environment.UserName);

    private string Fill(string text) => text.Replace("{data}", At("data")).Replace("{folder}", _folder);

    private string At(string name) => Path.Combine(_folder, name);
}
