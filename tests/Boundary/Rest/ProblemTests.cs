using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Outrider.Api.Problems;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest;

public sealed class ProblemTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private static readonly string[] s_onlyOnTheLink =
    [
        ProblemCodes.FrameTooLarge, ProblemCodes.FrameMalformed, ProblemCodes.FrameUnknownType, ProblemCodes.FrameOutOfOrder,
        ProblemCodes.ProtocolVersion, ProblemCodes.LinkStalled,
    ];

    [Fact]
    public void EveryCode_ButTheLinksOwn_HasAStatus() => Assert.Equal(
        typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)
            .Except(s_onlyOnTheLink).Order(),
        ProblemStatuses.Codes.Order());

    [Theory]
    [InlineData("GET", "/nothing", null, null, 404, ProblemCodes.NotFound, "openapi")]
    [InlineData("GET", "/api/v1/nothing", null, null, 404, ProblemCodes.NotFound, "openapi")]
    [InlineData("PUT", "/api/v1/agents", null, null, 405, ProblemCodes.MethodNotAllowed, "GET")]
    [InlineData("POST", "/api/v1/agents/a/sql", "sql=1", "application/x-www-form-urlencoded", 415, ProblemCodes.UnsupportedMediaType, "application/json")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{\"sql\": ", "application/json", 400, ProblemCodes.InvalidArgument, "line 1")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{\"sql\": \"x\",\n \"rows\": 1}", "application/json", 400, ProblemCodes.InvalidArgument, "'rows'")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{\"sql\": null}", "application/json", 400, ProblemCodes.InvalidArgument, "")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{\"sql\": \"x\", \"sql\": \"y\"}", "application/json", 400, ProblemCodes.InvalidArgument, "")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{}", "application/json", 400, ProblemCodes.InvalidArgument, "'sql'")]
    [InlineData("POST", "/api/v1/agents/a/sql", "null", "application/json", 400, ProblemCodes.InvalidArgument, "body")]
    [InlineData("POST", "/api/v1/agents/a/sql", "", "application/json", 400, ProblemCodes.InvalidArgument, "body")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{\"sql\": \"x\", \"max_rows\": 0}", "application/json", 400, ProblemCodes.InvalidArgument, "max_rows")]
    [InlineData("POST", "/api/v1/agents/a/sql", "{\"sql\": \"x\", \"max_rows\": \"1\"}", "application/json", 400, ProblemCodes.InvalidArgument, "$.max_rows")]
    [InlineData("POST", "/api/v1/agents/a/diagnoses", "{\"expert\": \"storage\", \"arguments\": {\"x\": []}}", "application/json", 400, ProblemCodes.InvalidArgument, "'x'")]
    [InlineData("POST", "/api/v1/agents/a/diagnoses", "{\"expert\": \"nobody\"}", "application/json", 404, ProblemCodes.ExpertNotFound, "nobody")]
    [InlineData("POST", "/api/v1/tenants/acme/keys", "{\"role\": \"root\"}", "application/json", 400, ProblemCodes.InvalidArgument, "$.role")]
    [InlineData("POST", "/api/v1/tenants/acme/keys", "{\"role\": 1}", "application/json", 400, ProblemCodes.InvalidArgument, "$.role")]
    [InlineData("POST", "/api/v1/tenants/acme/keys", "{\"role\": \"platform\"}", "application/json", 400, ProblemCodes.InvalidArgument, "viewer")]
    [InlineData("GET", "/api/v1/agents?limit=many", null, null, 400, ProblemCodes.InvalidArgument, "'limit'")]
    [InlineData("GET", "/api/v1/agents?limit=101", null, null, 400, ProblemCodes.InvalidArgument, "100")]
    [InlineData("GET", "/api/v1/audit?before=yesterday", null, null, 400, ProblemCodes.InvalidArgument, "'before'")]
    [InlineData("GET", "/api/v1/agents/%20", null, null, 404, ProblemCodes.AgentNotFound, "")]
    public async Task Error_OfAnyKind_IsAProblemThatSaysWhatToChange(
        string method, string path, string? body, string? type, int status, string code, string says)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue(type!));
        var problem = await ProblemAsync(request);

        Assert.Equal((status, code), (problem.Status, problem.Code));
        Assert.Contains(says, problem.Detail);
        Assert.DoesNotContain("Outrider.", problem.Detail);
        Assert.DoesNotContain("System.", problem.Detail);
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, TestCentre.Path("/agents/a/sql"))
        {
            Content = new StringContent($$"""{"sql":"{{new string('x', 1024 * 1024)}}"}""", new MediaTypeHeaderValue("application/json")),
            // Else the answer is lost when the centre hangs up in the middle of the body.
            Headers = { ExpectContinue = true },
        };

        Assert.Equal(ProblemCodes.PayloadTooLarge, (await ProblemAsync(request)).Code);
    }

    [Fact]
    public async Task Answer_OfAnyKind_IsNotSniffed()
    {
        foreach (var path in new[] { "/health", "/nothing", "/api/v1/agents" })
        {
            using var response = await tenants.Centre.Platform.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Theory]
    [InlineData(typeof(GrainUnreachableException), 503, ProblemCodes.Unavailable)]
    [InlineData(typeof(ObserverGoneException), 503, ProblemCodes.Unavailable)]
    [InlineData(typeof(StateConflictException), 503, ProblemCodes.Unavailable)]
    [InlineData(typeof(TimeoutException), 504, ProblemCodes.TimedOut)]
    public async Task Failure_ThatMayPass_IsAProblemToAskAgainFor(Type failure, int status, string code)
    {
        object?[] arguments = failure == typeof(GrainUnreachableException) ? ["10.0.0.5 is gone", null] : ["10.0.0.5 is gone"];
        var boundary = new ProblemMiddleware(_ => throw (Exception)Activator.CreateInstance(failure, arguments)!, NullLogger<ProblemMiddleware>.Instance);
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await boundary.InvokeAsync(http);
        await http.Response.CompleteAsync();

        http.Response.Body.Position = 0;
        var problem = (await JsonSerializer.DeserializeAsync<ProblemView>(http.Response.Body, TestCentre.Json))!;
        Assert.Equal((status, status, code, 1), (http.Response.StatusCode, problem.Status, problem.Code, problem.RetryAfterSeconds));
        Assert.Equal("1", http.Response.Headers.RetryAfter);
        Assert.DoesNotContain("10.0.0.5", problem.Detail);
    }

    private async Task<ProblemView> ProblemAsync(HttpRequestMessage request)
    {
        using var client = tenants.Centre.Client(tenants.Acme[Role.Admin]);
        using var response = await client.SendAsync(request);
        Assert.Equal(ProblemJson.ContentType, response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        Assert.True(json.RootElement.EnumerateObject().Take(5).Select(member => member.Name).SequenceEqual(["type", "title", "status", "detail", "code"]), text);
        var problem = json.Deserialize<ProblemView>(TestCentre.Json)!;
        Assert.Equal((int)response.StatusCode, problem.Status);
        Assert.Equal($"urn:outrider:problem:{problem.Code}", problem.Type);
        return problem;
    }
}
