using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Posts;

/// <summary>Whatever is posted wrongly ends in a problem that says what to change, stores nothing, and tells nothing of others.</summary>
public sealed class PostRefusalTests : IAsyncLifetime
{
    private const string Head = """{"server_name":"web-1","timestamp":1700000000""";

    /// <summary>By name: status, code, and a report's body.</summary>
    private static readonly Dictionary<string, (int Status, string Code, string Body)> s_bodies = new()
    {
        ["no JSON"] = (400, ProblemCodes.InvalidArgument, "hello"),
        ["empty"] = (400, ProblemCodes.InvalidArgument, ""),
        ["null"] = (400, ProblemCodes.InvalidArgument, "null"),
        ["a list"] = (400, ProblemCodes.InvalidArgument, "[]"),
        ["no name"] = (400, ProblemCodes.InvalidArgument, """{"timestamp":1,"samples":[]}"""),
        ["impossible name"] = (400, ProblemCodes.InvalidArgument, """{"server_name":"a/b","timestamp":1,"samples":[]}"""),
        ["no time"] = (400, ProblemCodes.InvalidArgument, """{"server_name":"web-1","samples":[]}"""),
        ["a time without its offset"] = (400, ProblemCodes.InvalidArgument, """{"server_name":"web-1","timestamp":"2026-01-01T00:00:00","samples":[]}"""),
        ["a time after all times"] = (400, ProblemCodes.InvalidArgument, """{"server_name":"web-1","timestamp":1e300,"samples":[]}"""),
        ["nothing measured"] = (400, ProblemCodes.InvalidArgument, Head + ",\"system_info\":{}}"),
        ["deep"] = (400, ProblemCodes.InvalidArgument, Head + ",\"samples\":" + new string('[', 500_000)),
        ["deep in what is passed over"] = (400, ProblemCodes.InvalidArgument, Head + ",\"x\":" + new string('[', 100) + new string(']', 100) + ",\"samples\":[]}"),
        ["NaN"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[{"metric":"m","value":NaN}]}"""),
        ["NaN as text"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[{"metric":"m","value":"NaN"}]}"""),
        ["too large a number"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[{"metric":"m","value":1e999}]}"""),
        ["a null sample"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[null]}"""),
        ["a name twice"] = (400, ProblemCodes.InvalidArgument, """{"server_name":"web-1","server_name":"web-2","timestamp":1,"samples":[]}"""),
        ["half a character"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[{"metric":"\ud800","value":1}]}"""),
        ["text instead of a list"] = (400, ProblemCodes.InvalidArgument, Head + ",\"metrics\":\"x\"}"),
        ["text instead of a number"] = (400, ProblemCodes.InvalidArgument, Head + ""","metrics":[{"name":"a","pid":1,"threads":"x"}]}"""),
        ["a negative size"] = (400, ProblemCodes.InvalidArgument, Head + ""","metrics":[{"name":"a","pid":1,"memory_mb":-1}]}"""),
        ["too large a size"] = (400, ProblemCodes.InvalidArgument, Head + ""","metrics":[{"name":"a","pid":1,"disk_read_mb":1e300}]}"""),
        ["a process without a name"] = (400, ProblemCodes.InvalidArgument, Head + ""","metrics":[{"name":"","pid":1}]}"""),
        ["boot alone"] = (400, ProblemCodes.InvalidArgument, Head + ",\"boot\":\"b\",\"samples\":[]}"),
        ["seq 0"] = (400, ProblemCodes.InvalidArgument, Head + ",\"boot\":\"b\",\"seq\":0,\"samples\":[]}"),
        ["boot of the centre's own"] = (400, ProblemCodes.InvalidArgument, Head + ",\"boot\":\"~b\",\"seq\":1,\"samples\":[]}"),
        ["impossible metric"] = (400, ProblemCodes.BatchInvalid, Head + ""","samples":[{"metric":"no name","value":1}]}"""),
        ["label of the centre's own"] = (400, ProblemCodes.BatchInvalid, Head + ""","samples":[{"metric":"m","labels":{"agent":"web-2"},"value":1}]}"""),
        ["a label that is a number"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[{"metric":"m","labels":{"a":1},"value":1}]}"""),
        ["a label twice"] = (400, ProblemCodes.InvalidArgument, Head + ""","samples":[{"metric":"m","labels":{"a":"1","a":"2"},"value":1}]}"""),
        ["33 labels"] = (400, ProblemCodes.InvalidArgument,
            Head + ",\"samples\":[{\"metric\":\"m\",\"labels\":{" + string.Join(",", Enumerable.Range(0, 33).Select(i => $"\"l{i}\":\"x\"")) + "},\"value\":1}]}"),
        ["more records than may be"] = (400, ProblemCodes.InvalidArgument, Head + ",\"metrics\":[" + string.Join(",", Enumerable.Repeat("{\"name\":\"a\"}", 16_385)) + "]}"),
        ["more samples than may be"] = (400, ProblemCodes.InvalidArgument, Head + ",\"samples\":[" + string.Join(",", Enumerable.Repeat("{\"metric\":\"m\"}", 200_001)) + "]}"),
        ["more processes than may be"] = (400, ProblemCodes.BatchInvalid,
            Head + ",\"metrics\":[" + string.Join(",", Enumerable.Range(1, 4_097).Select(i => $"{{\"name\":\"a\",\"pid\":{i}}}")) + "]}"),
        ["a bomb"] = (413, ProblemCodes.PayloadTooLarge, Head + ",\"x\":\"" + new string('x', 30_000_000) + ",\",\"samples\":[]}"),
    };

    private TestCentre _centre = null!;
    private PostingAgent _agent = null!;

    public static TheoryData<string> Bodies => [.. s_bodies.Keys];

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync();
        await _centre.CreateTenantAsync("acme");
        await _centre.CreateTenantAsync("evil");
        _agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Report_Hostile_IsRefusedAndStoresNothing(string name)
    {
        var (status, code, body) = s_bodies[name];
        var (answered, problem) = await _agent.PostAsync("report", body, gzip: true);
        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        Assert.True(problem.GetProperty("detail").GetString()!.Length > 20);
        await AssertServesAsync();
        Assert.Equal(1, (await UsageAsync()).Series);
    }

    [Fact]
    public async Task Report_WrongWrapping_IsRefused()
    {
        var body = Encoding.UTF8.GetBytes(Head + ",\"samples\":[]}");
        Assert.Equal(415, await StatusAsync(body, "text/plain", null));
        Assert.Equal(415, await StatusAsync(body, "application/x-www-form-urlencoded", null));
        Assert.Equal(415, await StatusAsync(body, null, null));
        Assert.Equal(415, await StatusAsync(body, "application/json", "br"));
        Assert.Equal(400, await StatusAsync(body, "application/json", "as-gzip"));
        Assert.Equal(400, await StatusAsync(PostingAgent.Gzip(body)[..^12], "application/json", "as-gzip"));
        Assert.Equal(413, await StatusAsync(new byte[2 * 1024 * 1024], "application/json", null));
        Assert.Equal(400, await StatusAsync([1, 2, 3], "application/octet-stream", null, "report?server_name=web-1"));
        Assert.Equal(413, await StatusAsync(new byte[2 * 1024 * 1024], "application/octet-stream", "gzip", "report?server_name=web-1"));
        await AssertServesAsync();
    }

    [Fact]
    public async Task Post_CredentialOfAnother_Is401WhetherTheNameIsThereOrNot()
    {
        var evil = await PostingAgent.EnrolAsync(_centre, "evil", "bad");
        var sibling = await PostingAgent.EnrolAsync(_centre, "acme", "web-2");
        var stranger = RawAgent.NewCredential("acme").Text;
        var nobody = RawAgent.NewCredential("nobody").Text;
        foreach (var credential in new[] { evil.Credential, sibling.Credential, stranger, nobody })
        {
            var there = await new PostingAgent(_centre, "web-1", credential).PostAsync("report", Head + ",\"samples\":[]}");
            var notThere = await new PostingAgent(_centre, "web-9", credential).PostAsync("report", Head.Replace("web-1", "web-9", StringComparison.Ordinal) + ",\"samples\":[]}");
            Assert.Equal((401, 401), (there.Status, notThere.Status));
            Assert.Equal(there.Answer.GetRawText().Replace("web-1", "web-9", StringComparison.Ordinal), notThere.Answer.GetRawText());
        }
    }

    [Fact]
    public async Task Post_NoOrAnotherKindOfCredential_Is401()
    {
        var heartbeat = """{"server_name":"web-1"}""";
        foreach (var credential in new[] { null, "hello", await _centre.CreateKeyAsync("acme", Role.Admin), await _centre.CreateTokenAsync("acme") })
            Assert.Equal(401, (await new PostingAgent(_centre, "web-1", credential).PostAsync("heartbeat", heartbeat)).Status);
        var (status, problem) = await new PostingAgent(_centre, "web-1", null).PostAsync($"report?token={_agent.Credential}", Head + ",\"samples\":[]}");
        Assert.Equal((400, ProblemCodes.InvalidArgument), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Register_TokenThatIsNotForIt_IsRefused()
    {
        var token = await _centre.CreateTokenAsync("acme", "db-*");
        Assert.Equal((403, ProblemCodes.EnrolmentRefused), await RegisterAsync(token, "web-3"));
        Assert.Equal((403, ProblemCodes.EnrolmentRefused), await RegisterAsync("ort.acme.nothing.nothing", "db-1"));
        Assert.Equal((409, ProblemCodes.AgentExists), await RegisterAsync(await _centre.CreateTokenAsync("acme"), "web-1"));
        Assert.Equal((400, ProblemCodes.InvalidArgument), await RegisterAsync(token, "a/b"));
        Assert.Equal((401, ProblemCodes.Unauthenticated), await RegisterAsync(token, "db-1", "\"credential\":\"ora.evil.x\""));
        Assert.Equal((400, ProblemCodes.InvalidArgument), await RegisterAsync(token, "db-1", $"\"system_info\":{{\"hostname\":\"{new string('h', 257)}\"}}"));
    }

    [Fact]
    public async Task Post_RevokedAgentOrDisabledTenant_IsRefused()
    {
        await _centre.Grains.Get<IAgent>(GrainKeys.Join("acme", "web-1")).RevokeAsync();
        var (revoked, problem) = await _agent.PostAsync("heartbeat", """{"server_name":"web-1"}""");
        Assert.Equal((403, ProblemCodes.AgentRevoked), (revoked, problem.GetProperty("code").GetString()));

        var evil = await PostingAgent.EnrolAsync(_centre, "evil", "bad");
        await _centre.Grains.Get<ITenant>("evil").UpdateAsync(new TenantUpdate { Enabled = false });
        var (disabled, why) = await evil.PostAsync("report", Head.Replace("web-1", "bad", StringComparison.Ordinal) + ",\"samples\":[]}");
        Assert.Equal((403, ProblemCodes.TenantDisabled), (disabled, why.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_GuessingCredentials_ShutsTheAddressOut()
    {
        await using var centre = await TestCentre.StartAsync(options => options with { RateLimits = options.RateLimits with { FailuresPerMinute = 3 } });
        for (var i = 0; i < 3; i++)
            Assert.Equal(401, (await new PostingAgent(centre, "web-1", RawAgent.NewCredential("acme").Text).PostAsync("heartbeat", """{"server_name":"web-1"}""")).Status);
        Assert.Equal(429, (await new PostingAgent(centre, "web-1", RawAgent.NewCredential("acme").Text).PostAsync("heartbeat", """{"server_name":"web-1"}""")).Status);
    }

    private async Task<(int, string?)> RegisterAsync(string token, string name, string? more = null)
    {
        var (status, answer) = await new PostingAgent(_centre, name, token).PostAsync(
            "register", $"{{\"server_name\":\"{name}\"{(more is null ? "" : "," + more)}}}");
        return (status, answer.GetProperty("code").GetString());
    }

    private async Task<int> StatusAsync(byte[] body, string? type, string? encoding, string path = "report") =>
        (await _agent.PostAsync(path, body, type, encoding)).Status;

    private Task AssertServesAsync() => _agent.MeasureAsync("alive", 1);

    private ValueTask<MetricUsage> UsageAsync() => _centre.App.Services.GetRequiredService<IMetricStore>().ReadUsageAsync("acme", default);
}
