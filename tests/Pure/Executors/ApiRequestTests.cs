using System.Text;
using System.Text.Json;
using Outrider.Agent.Executors.Api;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Executors;

public sealed class ApiRequestTests
{
    private static readonly ApiPolicy s_policy = new(Enabled: true, Methods: ["GET", "POST"], Paths: ["/v1/*", "/health"]);

    [Theory]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"Host": "b"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"content-length": "3"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"Transfer-Encoding": "chunked"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"Connection": "x-auth"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"Proxy-Authorization": "x"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"Upgrade": "websocket"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-HTTP-Method-Override": "DELETE"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-A": "1\r\nHost: b"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-A": "1\nX-B: 2"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-A": "é"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-A\r\nX-B": "1"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X A": "1"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"": "1"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-A": "1", "x-a": "2"}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "headers": {"X-A": null}}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "verify_tsl": false}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "url": "https://b.example/"}""")]
    [InlineData("""{"url": "https://a.example/v1/x", "body": "of a GET"}""")]
    [InlineData("""{"url": 5}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    public void Read_CantBeSent_IsInvalid(string json) => Assert.Equal(ProblemCodes.InvalidArgument, Read("GET", json).Problem?.Code);

    [Theory]
    [InlineData("DELETE", "https://a.example/v1/x", "api.methods")]
    [InlineData("GET", "https://a.example/v2/x", "api.paths")]
    [InlineData("GET", "https://a.example/", "api.paths")]
    [InlineData("GET", "https://a.example/healthz", "api.paths")]
    [InlineData("GET", "https://a.example/v1/../admin", "api.paths")]
    [InlineData("GET", "https://a.example/v1/%2e%2e/admin", "api.paths")]
    [InlineData("GET", "https://a.example/v1/..%2fadmin", "api.paths")]
    [InlineData("GET", "https://a.example/v1/%252e%252e/admin", "api.paths")]
    [InlineData("GET", "https://a.example/v1/..;/admin", "api.paths")]
    [InlineData("GET", "https://a.example/v1//admin", "api.paths")]
    [InlineData("GET", "https://a.example//v1/x", "api.paths")]
    [InlineData("GET", "https://a.example/v1/%5c..%5cadmin", "api.paths")]
    public void Read_OutsideThePolicy_SaysByWhichRule(string method, string url, string rule)
    {
        var problem = Read(method, $$"""{"url": "{{url}}"}""").Problem;

        Assert.Equal((ProblemCodes.PolicyRefused, rule), (problem?.Code, problem?.Details?["rule"]));
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    [InlineData("GET / HTTP/1.1\r\n")]
    public void Read_NoMethodForTasks_IsInvalid(string method) =>
        Assert.Equal(ProblemCodes.InvalidArgument, Read(method, """{"url": "https://a.example/v1/x"}""").Problem?.Code);

    [Fact]
    public void Read_UncheckedCertificate_OnlyIfThePolicySaysSo()
    {
        const string json = """{"url": "https://a.example/v1/x", "verify_tls": false}""";

        Assert.Equal("api.insecure_tls", Read(null, json).Problem?.Details?["rule"]);
        Assert.Null(ApiRequest.Read(Task(null, json), s_policy with { InsecureTls = true }).Problem);
    }

    [Theory]
    [InlineData("\"as it is\"", "as it is", "text/plain; charset=utf-8")]
    [InlineData("{\"a\": [1]}", "{\"a\": [1]}", "application/json; charset=utf-8")]
    public void Read_Body_IsTextOrJson(string body, string sent, string type)
    {
        var request = Read("post", $$"""{"url": "https://a.example/v1/x", "body": {{body}}}""").Value!;

        Assert.Equal((sent, type), (Encoding.UTF8.GetString(request.Body!), request.Headers["Content-Type"]));
    }

    [Fact]
    public void Redirected_ToAnotherServer_LeavesBehindWhoAsks()
    {
        var request = Read("POST", """
            {"url": "https://a.example/v1/x", "body": "b", "headers": {"Authorization": "Bearer t", "X-Key": "k", "Cookie": "c", "Accept": "text/html"}}
            """).Value!;

        var next = request.Redirected(307, new Uri("https://b.example/v1/y"), s_policy).Value!;

        Assert.Equal(["Accept", "Content-Type"], next.Headers.Keys.Order());
        Assert.Equal("https://b.example/v1/y", next.Url.AbsoluteUri);
    }

    [Fact]
    public void Redirected_SeeOther_IsAGetWithoutBody()
    {
        var request = Read("POST", """{"url": "https://a.example/v1/x", "body": "b", "headers": {"Authorization": "Bearer t"}}""").Value!;

        var next = request.Redirected(303, new Uri("/v1/y", UriKind.Relative), s_policy).Value!;

        Assert.Equal((HttpMethod.Get, null, "https://a.example/v1/y"), (next.Method, next.Body, next.Url.AbsoluteUri));
        Assert.Equal(["Authorization"], next.Headers.Keys);
    }

    [Theory]
    [InlineData("http://a.example/v1/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://a.example/v2/x")]
    [InlineData("https://user@a.example/v1/x")]
    [InlineData("//2130706433/v1/x")]
    public void Redirected_WhereNothingMayGo_IsNotFollowed(string location)
    {
        var request = Read("GET", """{"url": "https://a.example/v1/x"}""").Value!;

        Assert.False(request.Redirected(302, new Uri(location, UriKind.RelativeOrAbsolute), s_policy).Ok);
    }

    private static Outcome<ApiRequest> Read(string? method, string json) => ApiRequest.Read(Task(method, json), s_policy);

    private static TaskCreate Task(string? method, string json) => new()
    {
        TaskId = "t1",
        Type = TaskTypes.Api,
        Attempt = 1,
        Command = method,
        Params = JsonElement.Parse(json),
    };
}
