using System.Text;
using Outrider.Agent.Executors.Elasticsearch;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Executors;

public sealed class ElasticsearchRequestTests
{
    private static readonly ElasticsearchPolicy s_policy = new(Enabled: true, Write: true, DeleteByQuery: true, Indices: ["logs-*", "shop"]);

    [Theory]
    [InlineData("_all")]
    [InlineData("*")]
    [InlineData("logs-*")]
    [InlineData("logs-a,secret")]
    [InlineData("-secret")]
    [InlineData("..")]
    [InlineData("logs-../secret")]
    [InlineData("logs-a/_doc")]
    [InlineData("logs-a?x=1")]
    [InlineData("logs-%2e")]
    [InlineData("<logs-{now/d}>")]
    [InlineData("cluster:logs-a")]
    [InlineData("LOGS-a")]
    [InlineData("")]
    public void Read_NotOneIndex_IsInvalid(string index) =>
        Assert.Equal(ProblemCodes.InvalidArgument, Read($$"""{"operation": "search", "index": "{{index}}"}""").Problem?.Code);

    [Theory]
    [InlineData("""{"operation": "search", "index": "secret"}""", "databases.elasticsearch.indices")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": [{"delete": {"_index": "secret", "_id": "1"}}]}""", "databases.elasticsearch.indices")]
    [InlineData("""{"operation": "search", "index": "shop", "query": {"terms": {"id": {"index": "secret", "id": "1", "path": "x"}}}}""", "databases.elasticsearch.indices")]
    [InlineData("""{"operation": "search", "index": "shop", "query": {"bool": {"must": [{"more_like_this": {"like": [{"_index": "secret", "_id": "1"}]}}]}}}""", "databases.elasticsearch.indices")]
    public void Read_OtherIndices_AreRefused(string command, string rule) => Assert.Equal(rule, Read(command).Problem?.Details?["rule"]);

    [Fact]
    public void Read_HiddenIndex_NeedsToBeListedAsSuch()
    {
        const string command = """{"operation": "search", "index": ".security"}""";

        Assert.Equal("databases.elasticsearch.indices", Read(command, s_policy with { Indices = ["*"] }).Problem?.Details?["rule"]);
        Assert.True(Read(command, s_policy with { Indices = [".sec*"] }).Ok);
    }

    [Theory]
    [InlineData("index", "databases.elasticsearch.write")]
    [InlineData("bulk", "databases.elasticsearch.write")]
    [InlineData("delete_by_query", "databases.elasticsearch.write")]
    public void Read_ReadOnlyPolicy_LeavesSearch(string operation, string rule)
    {
        var policy = new ElasticsearchPolicy(Enabled: true, Indices: ["shop"]);

        Assert.Equal(rule, Read($$"""{"operation": "{{operation}}", "index": "shop"}""", policy).Problem?.Details?["rule"]);
        Assert.True(Read("""{"operation": "search", "index": "shop"}""", policy).Ok);
    }

    [Fact]
    public void Read_DeleteByQuery_IsAPolicyOfItsOwn() => Assert.Equal("databases.elasticsearch.delete_by_query",
        Read("""{"operation": "delete_by_query", "index": "shop", "query": {"match_all": {}}}""", s_policy with { DeleteByQuery = false }).Problem?.Details?["rule"]);

    [Theory]
    [InlineData("""{"operation": "index", "index": "shop", "id": "a/b", "doc": {"n": 1}}""", "PUT shop/_doc/a%2Fb", """{"n": 1}""")]
    [InlineData("""{"operation": "index", "index": "shop", "doc": {"n": 1}}""", "POST shop/_doc", """{"n": 1}""")]
    [InlineData("""{"operation": "update", "index": "shop", "id": "1", "doc": {"n": 2}, "upsert": true}""", "POST shop/_update/1?retry_on_conflict=3", """{"doc":{"n":2},"doc_as_upsert":true}""")]
    [InlineData("""{"operation": "search", "index": "logs-a", "query": {"match_all": {}}, "size": 5}""", "POST logs-a/_search", """{"query":{"match_all":{}},"size":5}""")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": [{"index": {"_id": "1"}}, {"t": "a\nb"}, {"delete": {"_id": "2"}}]}""", "POST shop/_bulk", "{\"index\":{\"_id\":\"1\"}}\n{\"t\":\"a\\nb\"}\n{\"delete\":{\"_id\":\"2\"}}\n")]
    public void Read_Allowed_IsElasticsearchsOwnForm(string command, string request, string body)
    {
        var read = Read(command);

        Assert.Null(read.Problem);
        Assert.Equal((request, body), ($"{read.Value!.Method} {read.Value.Path}", Encoding.UTF8.GetString(read.Value.Body)));
    }

    [Theory]
    [InlineData("""{"operation": "drop", "index": "shop"}""")]
    [InlineData("""{"operation": "index", "index": "shop"}""")]
    [InlineData("""{"operation": "index", "index": "shop", "id": "..", "doc": {}}""")]
    [InlineData("""{"operation": "update", "index": "shop", "doc": {}}""")]
    [InlineData("""{"operation": "delete_by_query", "index": "shop"}""")]
    [InlineData("""{"operation": "search", "index": "shop", "size": 10001}""")]
    [InlineData("""{"operation": "search", "index": "shop", "script_fields": {}}""")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": []}""")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": [{"index": {}}]}""")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": [{"index": {"_type": "t"}}, {}]}""")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": [{"drop": {}}, {}]}""")]
    [InlineData("""{"operation": "bulk", "index": "shop", "actions": [{"update": {"_id": "1"}}, {"script": "x"}]}""")]
    [InlineData("""{"operation": "bulk", "actions": [{"delete": {"_id": "1"}}]}""")]
    [InlineData("""not json""")]
    public void Read_CantBeRun_IsInvalid(string command) => Assert.Equal(ProblemCodes.InvalidArgument, Read(command).Problem?.Code);

    private static Outcome<ElasticsearchRequest> Read(string command, ElasticsearchPolicy? policy = null) =>
        ElasticsearchRequest.Read(new TaskCreate { TaskId = "t1", Type = TaskTypes.Elasticsearch, Attempt = 1, Command = command }, policy ?? s_policy);
}
