using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Agent.Executors.Api;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Hosts;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Executors;

public sealed class ApiExecutorTests : IAsyncLifetime
{
    private static readonly ApiPolicy s_policy = new(Enabled: true, Methods: ["GET", "POST", "PUT", "HEAD"]);

    private readonly RecordingOutput _output = new();
    private readonly WebApplication _server;
    private readonly List<string> _requests = [];
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    public ApiExecutorTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context =>
        {
            _requests.Add($"{context.Request.Method} {context.Request.Host.Host} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}".TrimEnd());
            await _answer(context);
        });
    }

    private int Port => new Uri(_server.Urls.Single()).Port;

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Run_Ok_HasStatusHeadersAndBody()
    {
        _answer = context =>
        {
            context.Response.Headers["X-Answer"] = "yes";
            context.Response.Headers.SetCookie = "session=s3cret";
            return context.Response.WriteAsync("grüße");
        };

        var end = await RunAsync("GET", Url("/v1?x=1"));

        Assert.Equal(TaskStatuses.Success, end.Status);
        var result = end.Result!.Value;
        Assert.Equal((200, "OK", "grüße", "utf-8", false), (result.GetProperty("status").GetInt32(), result.GetProperty("reason").GetString(),
            result.GetProperty("body").GetString(), result.GetProperty("encoding").GetString(), result.GetProperty("truncated").GetBoolean()));
        Assert.Equal(("yes", "***"), (result.GetProperty("headers").GetProperty("x-answer").GetString(), result.GetProperty("headers").GetProperty("set-cookie").GetString()));
        Assert.Equal("grüße", _output.Stdout);
        Assert.Equal(["GET api.example.com /v1?x=1"], _requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Run_ErrorStatus_FailsWithTheAnswer(int status)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("no");
        };

        var end = await RunAsync("GET", Url("/"));

        Assert.Equal((TaskStatuses.Failed, ProblemCodes.CommandFailed, $"{status}"), (end.Status, end.Problem?.Code, end.Problem?.Details?["status"]));
        Assert.Equal("no", end.Result?.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Run_BodyAndHeaders_ArriveAsGiven()
    {
        string? seen = null;
        _answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.ContentType} {context.Request.ContentLength} {context.Request.Headers["X-Own"]} {await reader.ReadToEndAsync()}";
        };

        await RunAsync("post", Url("/"), """ "headers": {"X-Own": "a b", "Content-Type": "application/merge-patch+json"}, "body": {"a": 1} """);

        Assert.Equal("application/merge-patch+json 8 a b {\"a\": 1}", seen);
    }

    [Fact]
    public async Task Run_LongAnswer_StreamsUpToTheCapAndKeepsItsBeginning()
    {
        _answer = async context =>
        {
            for (var i = 0; i < 40; i++)
                await context.Response.Body.WriteAsync(new byte[10_000].Select(_ => (byte)'"').ToArray());
        };

        var end = await RunAsync("GET", Url("/"), policy: s_policy with { MaxBytes = 300_000 });

        Assert.Equal(300_000, _output.Stdout.Length);
        Assert.Contains("longer than 300000", _output.Notes);
        Assert.True(end.Result!.Value.GetProperty("truncated").GetBoolean());
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(end.Result.Value).Length, 1_000, TaskLimits.ResultBytes);
    }

    [Fact]
    public async Task Run_BinaryAnswer_IsBase64()
    {
        _answer = context => context.Response.Body.WriteAsync(new byte[] { 0, 255, 1 }).AsTask();

        var end = await RunAsync("GET", Url("/"));

        Assert.Equal(("base64", "AP8B"), (end.Result?.GetProperty("encoding").GetString(), end.Result?.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Run_Secrets_AreInNothingThatLeaves()
    {
        _answer = ReplyAsync(404);

        var end = await RunAsync("GET", Url("/hook/s3cret?key=s3cret"), """ "headers": {"Authorization": "Bearer s3cret"} """);

        Assert.Contains("Bearer s3cret", _requests.Single());
        Assert.DoesNotContain("s3cret", _output.Notes + _output.Stdout + JsonSerializer.Serialize(end));
    }

    [Fact]
    public async Task Run_Redirect_IsTheAnswerUnlessItIsToBeFollowed()
    {
        _answer = context =>
        {
            if (context.Request.Path == "/a")
                context.Response.Redirect("/b");
            return Task.CompletedTask;
        };

        Assert.Equal(302, (await RunAsync("GET", Url("/a"))).Result?.GetProperty("status").GetInt32());
        Assert.Equal(200, (await RunAsync("GET", Url("/a"), """ "follow_redirects": true """)).Result?.GetProperty("status").GetInt32());
        Assert.Equal(["GET api.example.com /a", "GET api.example.com /a", "GET api.example.com /b"], _requests);
    }

    [Theory]
    [InlineData("http://evil.example:{0}/", "hosts.allow")]
    [InlineData("http://127.0.0.1:{0}/", "hosts.allow")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "hosts.metadata")]
    [InlineData("http://inside.example:{0}/", "hosts.private")]
    public async Task Run_RedirectToAForbiddenHost_GetsNoConnection(string location, string rule)
    {
        _answer = context =>
        {
            context.Response.Redirect(string.Format(null, location, Port));
            return Task.CompletedTask;
        };

        var end = await RunAsync("GET", Url("/a"), """ "follow_redirects": true """);

        Assert.Equal((ProblemCodes.PolicyRefused, rule), (end.Problem?.Code, end.Problem?.Details?["rule"]));
        Assert.Single(_requests);
    }

    [Fact]
    public async Task Run_EndlessRedirects_End()
    {
        _answer = context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        };

        var end = await RunAsync("GET", Url("/a"), """ "follow_redirects": true """);

        Assert.Equal(ProblemCodes.CommandFailed, end.Problem?.Code);
        Assert.Equal(ApiExecutor.MaxRedirects + 1, _requests.Count);
    }

    /// <summary>The name is public when it is checked and this machine's when it is connected to: the second answer is checked as well, and is the one used.</summary>
    [Fact]
    public async Task Run_NameThatChangesItsAddress_IsCheckedWhereItIsConnectedTo()
    {
        var lookUps = 0;
        using var executor = new ApiExecutor(s_policy, new HostRules(new HostsPolicy(Allow: [new("rebind.example")]),
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(lookUps++ == 0 ? "93.184.216.34" : "127.0.0.1")])));
        var task = TaskOf("GET", $"http://rebind.example:{Port}/", null);

        Assert.Null(await executor.CheckAsync(task, default));
        var end = await executor.RunAsync(task, _output, default);

        Assert.Equal("hosts.private", end.Problem?.Details?["rule"]);
        Assert.Equal(2, lookUps);
        Assert.Empty(_requests);
    }

    [Fact]
    public async Task Run_NobodyThere_SaysSoAndNotTheUrl()
    {
        await _server.StopAsync();

        var end = await RunAsync("GET", Url("/s3cret"));

        Assert.Equal(ProblemCodes.CommandFailed, end.Problem?.Code);
        Assert.Contains("can't be reached", end.Problem?.Message);
        Assert.DoesNotContain("s3cret", end.Problem?.Message);
    }

    [Fact]
    public async Task Run_Canceled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        _answer = async context =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        using var executor = Executor(s_policy);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executor.RunAsync(TaskOf("GET", Url("/"), null), _output, cancellation.Token));
    }

    private static Func<HttpContext, Task> ReplyAsync(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private string Url(string path) => $"http://api.example.com:{Port}{path}";

    private async Task<TaskComplete> RunAsync(string method, string url, string? more = null, ApiPolicy? policy = null)
    {
        using var executor = Executor(policy ?? s_policy);
        var task = TaskOf(method, url, more);
        Assert.Null(await executor.CheckAsync(task, default));
        return await executor.RunAsync(task, _output, default);
    }

    private static ApiExecutor Executor(ApiPolicy policy) => new(policy, new HostRules(
        new HostsPolicy(Allow: [new("api.example.com", Private: true), new("inside.example")]),
        (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));

    private static TaskCreate TaskOf(string method, string url, string? more) => new()
    {
        TaskId = "t1",
        Type = TaskTypes.Api,
        Attempt = 1,
        Command = method,
        Params = JsonElement.Parse($"{{\"url\": {JsonValue.Create(url).ToJsonString()}{(more is null ? "" : ",")}{more}}}"),
    };
}
