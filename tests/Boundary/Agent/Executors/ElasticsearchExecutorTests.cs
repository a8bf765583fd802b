using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Agent.Executors.Elasticsearch;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Hosts;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Elasticsearch;

namespace Outrider.Tests.Boundary.Agent.Executors;

public sealed class ElasticsearchExecutorTests : IAsyncLifetime, IElasticsearchServers
{
    private static readonly ElasticsearchPolicy s_policy = new(Enabled: true, Write: true, DeleteByQuery: true, Indices: ["shop"]);

    private readonly RecordingOutput _output = new();
    private FakeElasticsearch _server = null!;
    private ElasticsearchServer? _named;

    public async Task InitializeAsync()
    {
        _server = await FakeElasticsearch.StartAsync();
        _named = new ElasticsearchServer(new Uri(_server.Url), "elastic", "s3cret");
        _server.Authorization = "Basic " + Convert.ToBase64String("elastic:s3cret"u8);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    Outcome<ElasticsearchServer> IElasticsearchServers.Find(string connection) =>
        connection == "search" ? _named! : new Problem(ProblemCodes.ConnectionNotConfigured, "no");

    [Fact]
    public async Task Run_IndexUpdateSearchDelete_ChangesTheDocuments()
    {
        Assert.Equal("created", (await RunAsync("""{"operation": "index", "index": "shop", "id": "1", "doc": {"n": 1, "t": "a"}}""")).Result?.GetProperty("result").GetString());
        Assert.Null((await RunAsync("""{"operation": "update", "index": "shop", "id": "1", "doc": {"n": 2}}""")).Problem);
        Assert.Equal("""{"n":2,"t":"a"}""", _server.Find("shop", "1")?.ToJsonString());
        var found = await RunAsync("""{"operation": "search", "index": "shop", "query": {"term": {"n": 2}}}""");
        Assert.Equal("1", found.Result?.GetProperty("hits").GetProperty("hits")[0].GetProperty("_id").GetString());
        var deleted = await RunAsync("""{"operation": "delete_by_query", "index": "shop", "query": {"term": {"t": "a"}}}""");
        Assert.Equal(1, deleted.Result?.GetProperty("deleted").GetInt32());
        Assert.Null(_server.Find("shop", "1"));
    }

    [Fact]
    public async Task Run_BulkWithFailedItems_FailsAndSaysWhich()
    {
        var end = await RunAsync("""
            {"operation": "bulk", "index": "shop", "actions": [
              {"index": {"_id": "1"}}, {"n": 1},
              {"index": {"_id": "2"}}, {"n": "no number"},
              {"create": {"_id": "1"}}, {"n": 3},
              {"update": {"_id": "9"}}, {"doc": {"n": 3}},
              {"index": {"_id": "4"}}, {"n": 4}]}
            """);

        Assert.Equal((TaskStatuses.Failed, ProblemCodes.CommandFailed, "3", "1, 2, 3"),
            (end.Status, end.Problem?.Code, end.Problem?.Details?["failed"], end.Problem?.Details?["items"]));
        Assert.Contains("mapper_parsing_exception", end.Problem?.Message);
        Assert.Equal(5, end.Result?.GetProperty("items").GetArrayLength());
        Assert.NotNull(_server.Find("shop", "4"));
        Assert.Equal(["POST /shop/_bulk application/x-ndjson"], _server.Requests);
    }

    [Theory]
    [InlineData("""{"operation": "update", "index": "shop", "id": "1", "doc": {"n": 2}}""", "404", "document_missing_exception")]
    [InlineData("""{"operation": "search", "index": "shop"}""", "404", "index_not_found_exception")]
    public async Task Run_Error_IsElasticsearchs(string command, string status, string type)
    {
        var end = await RunAsync(command);

        Assert.Equal((ProblemCodes.CommandFailed, status), (end.Problem?.Code, end.Problem?.Details?["status"]));
        Assert.Contains(type, end.Problem?.Message);
    }

    [Fact]
    public async Task Run_LongAnswer_IsCutToWholeHits()
    {
        var actions = new JsonArray();
        for (var i = 0; i < 300; i++)
        {
            actions.Add(new JsonObject { ["index"] = new JsonObject { ["_id"] = $"{i}" } });
            actions.Add(new JsonObject { ["text"] = new string('x', 200) });
        }
        var command = new JsonObject { ["operation"] = "bulk", ["index"] = "shop", ["actions"] = actions };
        Assert.Null((await RunAsync(command.ToJsonString())).Problem);
        for (var i = 0; i < 300; i++)
            _server.Find("shop", $"{i}")!["text"] = new string('y', 2_000);

        var end = await RunAsync("""{"operation": "search", "index": "shop", "size": 300}""");

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(end.Result!.Value).Length, 10_000, TaskLimits.ResultBytes);
        Assert.True(end.Result.Value.GetProperty("truncated").GetBoolean());
        Assert.InRange(end.Result.Value.GetProperty("hits").GetProperty("hits").GetArrayLength(), 1, 299);
        Assert.True(_output.Stdout.Length > 300 * 2_000);
    }

    [Fact]
    public async Task Run_TargetWithAnApiKey_SignsInWithIt()
    {
        _server.Authorization = "ApiKey k3y";
        var target = $$"""{"host": "localhost", "port": {{new Uri(_server.Url).Port}}, "scheme": "http", "api_key": "${secret:ES_KEY}"}""";
        using var executor = Executor($"localhost:{new Uri(_server.Url).Port}");

        Assert.Null(executor.CheckSent(TaskOf("""{"operation": "index", "index": "shop", "doc": {}}""", $$"""{"target": {{target}}}""")));
        var filled = TaskOf("""{"operation": "index", "index": "shop", "doc": {}}""", $$"""{"target": {{target.Replace("${secret:ES_KEY}", "k3y")}}}""");
        Assert.Null(await executor.CheckAsync(filled, default));
        var end = await executor.RunAsync(filled, _output, default);

        Assert.Null(end.Problem);
        Assert.DoesNotContain("k3y", JsonSerializer.Serialize(end) + _output.Stdout + _output.Notes);
    }

    [Theory]
    [InlineData("""{"target": {"host": "localhost", "password": "plain"}}""")]
    [InlineData("""{"target": {"host": "localhost", "api_key": "x${secret:A}"}}""")]
    [InlineData("""{"target": {"host": "localhost", "passwrod": "${secret:A}"}}""")]
    public void CheckSent_SecretInClear_IsInvalid(string json)
    {
        using var executor = Executor();

        Assert.Equal(ProblemCodes.InvalidArgument, executor.CheckSent(TaskOf("""{"operation": "search", "index": "shop"}""", json))?.Code);
    }

    [Theory]
    [InlineData("""{"target": {"host": "127.1", "port": 9200}}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"target": {"host": "localhost", "port": 9200, "scheme": "file"}}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"target": {"host": "localhost", "port": 9300}}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"target": {"host": "169.254.169.254", "port": 80, "scheme": "http"}}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"connection": "other"}""", ProblemCodes.ConnectionNotConfigured)]
    [InlineData("""{}""", ProblemCodes.InvalidArgument)]
    public async Task Check_ServerThatMayNotBeAsked_IsRefused(string json, string code)
    {
        using var executor = Executor("localhost:9200");

        Assert.Equal(code, (await executor.CheckAsync(TaskOf("""{"operation": "search", "index": "shop"}""", json), default))?.Code);
    }

    [Fact]
    public async Task Check_ConnectionForReadingOnly_LetsOnlySearchThrough()
    {
        _named = _named! with { Write = false };
        using var executor = Executor();

        Assert.Null(await executor.CheckAsync(TaskOf("""{"operation": "search", "index": "shop"}""", """{"connection": "search"}"""), default));
        var index = TaskOf("""{"operation": "index", "index": "shop", "doc": {}}""", """{"connection": "search"}""");
        Assert.Equal("connections.write", (await executor.CheckAsync(index, default))?.Details?["rule"]);
        Assert.Equal("connections.write", (await executor.RunAsync(index, _output, default)).Problem?.Details?["rule"]);
    }

    [Fact]
    public async Task Run_WrongPassword_FailsWithoutIt()
    {
        _named = _named! with { Password = "wr0ng" };

        var end = await RunAsync("""{"operation": "search", "index": "shop"}""");

        Assert.Equal("401", end.Problem?.Details?["status"]);
        Assert.DoesNotContain("wr0ng", JsonSerializer.Serialize(end));
    }

    [Fact]
    public async Task Run_NobodyThere_IsUnreachable()
    {
        await _server.DisposeAsync();

        Assert.Equal(ProblemCodes.DatabaseUnreachable, (await RunAsync("""{"operation": "search", "index": "shop"}""")).Problem?.Code);
    }

    private async Task<TaskComplete> RunAsync(string command)
    {
        using var executor = Executor();
        var task = TaskOf(command, """{"connection": "search"}""");
        Assert.Null(await executor.CheckAsync(task, default));
        return await executor.RunAsync(task, _output, default);
    }

    private ElasticsearchExecutor Executor(params string[] hosts) =>
        new(s_policy, this, new HostRules(new HostsPolicy(Allow: [.. hosts.Select(host => new HostEntry(host))])));

    private static TaskCreate TaskOf(string command, string json) => new()
    {
        TaskId = "t1",
        Type = TaskTypes.Elasticsearch,
        Attempt = 1,
        Command = command,
        Params = JsonElement.Parse(json),
    };
}
