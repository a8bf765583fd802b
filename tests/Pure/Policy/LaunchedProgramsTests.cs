using Outrider.Agent.Policy.Commands;

namespace Outrider.Tests.Pure.Policy;

public sealed class LaunchedProgramsTests
{
    [Theory]
    [InlineData("sh -c id")]
    [InlineData("bash script")]
    [InlineData("bash -s")]
    [InlineData("python -c 1")]
    [InlineData("python3 -c 1")]
    [InlineData("python3.11 -m x")]
    [InlineData("perl -e 1")]
    [InlineData("perl5.36 -e 1")]
    [InlineData("node -e 1")]
    [InlineData("ruby -e 1")]
    [InlineData("awk x")]
    [InlineData("env ls")]
    [InlineData("xargs rm")]
    [InlineData("nohup rm")]
    [InlineData("timeout 1 ls")]
    [InlineData("busybox sh")]
    [InlineData("ssh -oProxyCommand=id x")]
    [InlineData("ld-linux-x86-64.so.2 /bin/ls")]
    [InlineData("find . -exec id ';'")]
    [InlineData("find . -execdir id ';'")]
    [InlineData("find . -ok id")]
    [InlineData("find . -fprintf x y")]
    [InlineData("tar cf x --checkpoint-action=exec=id")]
    [InlineData("tar cf x --checkpoint-act=exec=id")]
    [InlineData("tar cf x --to-command=id")]
    [InlineData("tar -cIid x")]
    [InlineData("tar cIf id x")]
    [InlineData("tar -xf x --use-comp id")]
    [InlineData("rsync -e id x y")]
    [InlineData("rsync --rsh=id x y")]
    [InlineData("git -c core.pager=id log")]
    [InlineData("git clone --upload-pack id x")]
    [InlineData("git anything")]
    [InlineData("docker run x")]
    [InlineData("npm run x")]
    [InlineData("sed 1e x")]
    [InlineData("sort --compress-program=id x")]
    [InlineData("split --filter=id x")]
    [InlineData("tcpdump -z id")]
    [InlineData("curl -o /x http://y")]
    [InlineData("curl -Kx")]
    [InlineData("vim x")]
    [InlineData("man x")]
    public void Fault_ArgumentsTheRuleLeavesOpen_AreRefused(string text)
    {
        var command = AlwaysDeniedTests.Read(text);

        Assert.Equal("always.runs_programs", LaunchedPrograms.Fault(command, [.. command.Arguments.Select(_ => true)])?.Details!["rule"]);
    }

    [Theory]
    [InlineData("ls -l x")]
    [InlineData("find . -name x")]
    [InlineData("tar cf x y")]
    [InlineData("tar -tzf x")]
    [InlineData("rsync -a x y")]
    [InlineData("sort -n x")]
    [InlineData("systemctl status x")]
    [InlineData("curl -s http://y")]
    public void Fault_OrdinaryArguments_AreFine(string text)
    {
        var command = AlwaysDeniedTests.Read(text);

        Assert.Null(LaunchedPrograms.Fault(command, [.. command.Arguments.Select(_ => true)]));
    }

    [Theory]
    [InlineData("python3 /srv/report.py x")]
    [InlineData("bash /srv/x.sh -c id")]
    [InlineData("git status x")]
    public void Fault_FirstArgumentThatTheRuleNames_IsFine(string text)
    {
        var command = AlwaysDeniedTests.Read(text);

        Assert.Null(LaunchedPrograms.Fault(command, [.. command.Arguments.Select((_, index) => index > 0)]));
    }
}
