using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Shell;

namespace Outrider.Tests.Pure.Policy;

public sealed class RuleArgumentsTests
{
    [Theory]
    [InlineData(null, "", "")]
    [InlineData("restart *", "restart nginx", "01")]
    [InlineData("-u * -n *", "-u nginx -n 5", "0101")]
    [InlineData("status nginx*", "status nginx-2", "01")]
    [InlineData("**", "", "")]
    [InlineData("**", "a b c", "111")]
    [InlineData("show **", "show", "0")]
    [InlineData("-n* x", "-n5 x", "10")]
    public void Fit_ArgumentsOfTheRule_TellsWhatAWildcardLetThrough(string? patterns, string arguments, string free) =>
        Assert.Equal(free, string.Concat(RuleArguments.Fit(Split(patterns), null, Split(arguments)!)!.Select(open => open ? '1' : '0')));

    [Theory]
    [InlineData(null, "x")]
    [InlineData("restart *", "restart")]
    [InlineData("restart *", "restart a b")]
    [InlineData("restart *", "stop a")]
    [InlineData("restart *", "restart --root=/x")]
    [InlineData("restart *", "restart -H")]
    [InlineData("**", "a -H b")]
    [InlineData("**", "--")]
    [InlineData("Restart *", "restart a")]
    public void Fit_OtherArguments_DoNot(string? patterns, string arguments) => Assert.Null(RuleArguments.Fit(Split(patterns), null, Split(arguments)!));

    [Theory]
    [InlineData("-l a", true)]
    [InlineData("a --lines=5 b", true)]
    [InlineData("-la", false)]
    [InlineData("--lines", false)]
    public void Fit_Options_AreOnlyThoseListed(string arguments, bool fits) =>
        Assert.Equal(fits, RuleArguments.Fit(["**"], ["-l", "--lines=*"], Split(arguments)!) is not null);

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "aXbYc", true)]
    [InlineData("a*b*c", "abcb", false)]
    [InlineData("**", "x", true)]
    [InlineData("a", "A", false)]
    public void Matches_Pattern_IsTheWholeArgument(string pattern, string argument, bool fits) => Assert.Equal(fits, ArgumentPattern.Matches(pattern, argument));

    [Theory]
    [InlineData("db1.example.com", true)]
    [InlineData("DB1.EXAMPLE.COM:80", true)]
    [InlineData("https://db1.example.com/x?y=z", true)]
    [InlineData("http://a.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("aexample.org", false)]
    [InlineData("db1.example.com.evil.net", false)]
    [InlineData("http://db1.example.com@evil.net/", false)]
    [InlineData("http://db1.example.com:80@evil.net/", false)]
    [InlineData("http://evil.net\\@db1.example.com", false)]
    [InlineData("http://evil.net#db1.example.com", false)]
    [InlineData("http://db1.example.com#@evil.net", false)]
    [InlineData("user@db1.example.com", false)]
    [InlineData("dЬ1.example.com", false)]
    [InlineData("db1%2eexample.com", false)]
    [InlineData("ftp://db1.example.com", false)]
    [InlineData("//db1.example.com", false)]
    [InlineData("0x7f000001", false)]
    [InlineData("169.254.169.254", false)]
    public void Hosts_Argument_IsOneOnlyIfEveryProgramReadsItSo(string argument, bool fits) =>
        Assert.Equal(fits, HostArgument.Matches(argument, ["db1.example.com", "*.example.org"]));

    [Theory]
    [InlineData("LANG", true)]
    [InlineData("PGPASSWORD", true)]
    [InlineData("APP_MODE", true)]
    [InlineData("PATH", false)]
    [InlineData("path", false)]
    [InlineData("LD_PRELOAD", false)]
    [InlineData("Ld_Library_Path", false)]
    [InlineData("IFS", false)]
    [InlineData("BASH_ENV", false)]
    [InlineData("ENV", false)]
    [InlineData("PYTHONPATH", false)]
    [InlineData("PERL5OPT", false)]
    [InlineData("NODE_OPTIONS", false)]
    [InlineData("GIT_SSH_COMMAND", false)]
    [InlineData("HOME", false)]
    [InlineData("A B", false)]
    [InlineData("1A", false)]
    [InlineData("BASH_FUNC_x%%", false)]
    [InlineData("", false)]
    public void MaySet_Name_IsNeverOneThatChangesWhatRuns(string name, bool may) => Assert.Equal(may, EnvironmentNames.MaySet(name));

    [Theory]
    [InlineData("lѕ")]
    [InlineData("../ls")]
    [InlineData("./ls")]
    [InlineData("bin/ls")]
    [InlineData("/bin/../bin/ls")]
    [InlineData("/bin//ls")]
    [InlineData("ls ")]
    [InlineData("-ls")]
    [InlineData("ls*")]
    [InlineData("")]
    public void ProgramName_OtherThanPlain_IsNone(string program) => Assert.False(ProgramName.IsPlain(program));

    [Fact]
    public void Fault_RuleThatCouldMeanMore_SaysWhere()
    {
        Assert.Contains("shell.allow[1]", new ShellPolicy(Allow: [new("ls"), new("l*")]).Fault()!);
        Assert.Contains("shell.allow[0].args", new ShellPolicy(Allow: [new("ls", ["**", "x"])]).Fault()!);
        Assert.Contains("shell.allow[0].options", new ShellPolicy(Allow: [new("ls", ["x"], ["-l"])]).Fault()!);
        Assert.Contains("shell.allow[0].paths", new ShellPolicy(Allow: [new("ls", ["**"], Paths: ["/a/../b"])]).Fault()!);
        Assert.Contains("shell.allow[0] has paths and hosts", new ShellPolicy(Allow: [new("ls", ["**"], Paths: ["/a"], Hosts: ["b"])]).Fault()!);
        Assert.Contains("shell.deny[0]", new ShellPolicy(Deny: [new("*")]).Fault()!);
        Assert.Contains("LD_PRELOAD", new ShellPolicy(Environment: ["LD_PRELOAD"]).Fault()!);
        Assert.Null(new ShellPolicy(Allow: [new("ls", ["-l", "**"], ["-a"], ["/tmp"])], Deny: [new("*", ["--x"])]).Fault());
    }

    private static string[]? Split(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
