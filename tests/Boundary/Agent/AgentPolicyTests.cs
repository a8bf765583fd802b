using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Hosts;

namespace Outrider.Tests.Boundary.Agent;

public sealed class AgentPolicyTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Load_NoFile_IsTheDefault() => Assert.Equal(AgentPolicy.Default, AgentPolicy.Load(_path + ".absent").Value);

    [Fact]
    public void Load_HigherLimits_StayAtTheStandardOnes()
    {
        var policy = Load("""{"sql": {"timeout_ms": 99999999, "max_rows": 5}}""").Value!;

        Assert.Equal((30_000, 5), (policy.Sql.Limits.TimeoutMs, policy.Sql.Limits.MaxRows));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"sql": {"enabeld": false}}""")]
    [InlineData("""{"sql": {"max_rows": 0}}""")]
    [InlineData("""{"sql": {"connections": 11}}""")]
    [InlineData("""{"metrics": {"collectors": ["hosts"]}}""")]
    [InlineData("""{"metrics": {"spool_hours": 48}}""")]
    [InlineData("""{"profile": "test"}""")]
    [InlineData("""{"tasks": {"at_once": 101}}""")]
    [InlineData("""{"tasks": {"databases_at_once": 11}}""")]
    [InlineData("""{"shell": {"enabled": true, "allow": [{"progam": "ls"}]}}""")]
    [InlineData("""{"shell": {"allow": [{"args": []}]}}""")]
    [InlineData("""{"file": {"write": ["relative"]}}""")]
    [InlineData("""{"secrets": {"X": ["nonsense"]}}""")]
    [InlineData("""{"databases": {"oracle": {"enabled": true}}}""")]
    [InlineData("""{"databases": {"mysql": {"enabled": true, "wriet": true}}}""")]
    [InlineData("""{"databases": {"mysql": {"max_rows": 100001}}}""")]
    [InlineData("""{"databases": {"clickhouse": {"max_timeout_seconds": 0}}}""")]
    [InlineData("""{"databases": {"postgres": {"deny": [" "]}}}""")]
    [InlineData("""{"databases": {"mongo": {"program": "mongosh"}}}""")]
    [InlineData("""{"hosts": {"allow": ["127.1"]}}""")]
    [InlineData("""{"hosts": {"allow": [{"name": "a"}]}}""")]
    [InlineData("""{"hosts": {"allow": [{"host": "*.a", "private": true}]}}""")]
    [InlineData("""{"hosts": {"allow": [5]}}""")]
    [InlineData("""{"api": {"methods": ["CONNECT"]}}""")]
    [InlineData("""{"api": {"paths": ["v1"]}}""")]
    [InlineData("""{"k8s": {"operations": ["exec"]}}""")]
    [InlineData("""{"k8s": {"kubeconfig": "config"}}""")]
    [InlineData("""{"databases": {"elasticsearch": {"max_bytes": 0}}}""")]
    public void Load_UnusableFile_IsAProblemAndNotTheDefault(string json) => Assert.False(Load(json).Ok);

    [Fact]
    public void Load_UnknownMember_SaysWhereAndWhatIsKnown()
    {
        var message = Load("""{"shell": {"allow": [{"program": "ls"}, {"progam": "ls"}]}}""").Problem!.Message;

        Assert.Contains(_path, message);
        Assert.Contains("'shell.allow[1].progam' isn't known; known in shell.allow[1] are program, args, options, paths, hosts, runs_programs", message);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"shell": {}}""", false)]
    [InlineData("""{"shell": {"enabled": true}}""", true)]
    [InlineData("""{"profile": "dev"}""", true)]
    [InlineData("""{"profile": "dev", "shell": {"enabled": false}}""", false)]
    public void Load_Shell_ExistsOnlyWhenEnabledOrInDev(string json, bool exists) => Assert.Equal(exists, Load(json).Value!.Shell?.IsEnabled == true);

    [Fact]
    public void Load_ExampleOfTheDocs_IsValid()
    {
        var page = File.ReadAllText(Path.Combine(Outrider.Testing.Processes.Programs.Root, "docs/policy.md"));
        var start = page.IndexOf("```json", StringComparison.Ordinal) + 7;

        var policy = Load(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.Null(policy.Problem);
        Assert.Equal(7, policy.Value!.Shell!.Allow!.Count);
    }

    [Fact]
    public void Load_SqlDisabled_SaysSo() => Assert.False(Load("""{"sql": {"enabled": false}}""").Value!.Sql.Enabled);

    [Fact]
    public void Load_MetricsInPart_LeavesTheRestStandard() => Assert.Equal(
        new MetricsPolicy(ProcessCommands: false, SpoolHours: 2), Load("""{"metrics": {"process_commands": false, "spool_hours": 2}}""").Value!.Metrics);

    [Fact]
    public void Load_DatabaseInPart_IsReadOnlyAndTheOthersDontExist()
    {
        var databases = Load("""{"databases": {"mysql": {"enabled": true}, "doris": {"write": true}}}""").Value!.Databases!;

        Assert.Equal(new DatabasePolicy(Enabled: true), databases.Of("mysql"));
        Assert.Null(databases.Of("doris"));
        Assert.Null(databases.Of("postgres"));
    }

    [Theory]
    [InlineData("DROP DATABASE", 0)]
    [InlineData("DROP TABLE", -1)]
    [InlineData("TRUNCATE TABLE", 1)]
    [InlineData("TRUNCATED TABLE", -1)]
    public void DeniedBy_Form_ComparesWholeWordsFromTheBeginning(string form, int rule) =>
        Assert.Equal(rule, new DatabasePolicy(Deny: ["drop  database", "TRUNCATE"]).DeniedBy(form));

    [Fact]
    public void Load_Hosts_AsTextsAndObjects() => Assert.Equal(
        [new HostEntry("api.example.com"), new HostEntry("db.example.com:5432", Private: true)],
        Load("""{"hosts": {"allow": ["api.example.com", {"host": "db.example.com:5432", "private": true}]}}""").Value!.Hosts.Allow);

    [Fact]
    public void Load_SectionsInPart_LeaveTheRestClosed()
    {
        var policy = Load("""{"api": {"enabled": true}, "k8s": {"enabled": true}, "databases": {"elasticsearch": {"enabled": true}}}""").Value!;

        Assert.Equal(["GET", "HEAD"], policy.Api!.Methods);
        Assert.Null(policy.K8s!.Operations);
        Assert.False(policy.Databases!.Elasticsearch!.Write);
        Assert.Empty(policy.Databases.Elasticsearch.Indices);
    }

    private Outrider.Protocol.Outcomes.Outcome<AgentPolicy> Load(string json)
    {
        File.WriteAllText(_path, json);
        return AgentPolicy.Load(_path);
    }
}
