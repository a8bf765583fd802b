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
    public void Load_SqlDisabled_SaysSo() => Assert.False(Load("""{"sql": {"enabled": false}}""").Value!.Sql.Enabled);

    [Fact]
    public void Load_MetricsInPart_LeavesTheRestStandard() => Assert.Equal(
        new MetricsPolicy(ProcessCommands: false, SpoolHours: 2), Load("""{"metrics": {"process_commands": false, "spool_hours": 2}}""").Value!.Metrics);

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
