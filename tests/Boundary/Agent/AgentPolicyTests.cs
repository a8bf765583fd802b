using Outrider.Agent.Policy;

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
    [InlineData("""{"databases": {"oracle": {"enabled": true}}}""")]
    [InlineData("""{"databases": {"mysql": {"enabled": true, "wriet": true}}}""")]
    [InlineData("""{"databases": {"mysql": {"max_rows": 100001}}}""")]
    [InlineData("""{"databases": {"clickhouse": {"max_timeout_seconds": 0}}}""")]
    [InlineData("""{"databases": {"postgres": {"deny": [" "]}}}""")]
    [InlineData("""{"databases": {"mongo": {"program": "mongosh"}}}""")]
    public void Load_UnusableFile_IsAProblemAndNotTheDefault(string json) => Assert.False(Load(json).Ok);

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

    private Outrider.Protocol.Outcomes.Outcome<AgentPolicy> Load(string json)
    {
        File.WriteAllText(_path, json);
        return AgentPolicy.Load(_path);
    }
}
