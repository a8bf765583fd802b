using System.Net;
using System.Text.Json.Nodes;
using Outrider.Api.Auth;
using Outrider.Grains.Tenancy;
using Outrider.Storage;
using Outrider.Testing.Documents;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>What the tools answer, and to whom.</summary>
public sealed class ToolTests : IAsyncLifetime
{
    private McpCentre _centre = null!;
    private McpRaw _client = null!;

    public async Task InitializeAsync()
    {
        _centre = await McpCentre.StartAsync();
        _client = _centre.Raw();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task List_EachTool_IsDescribedWhole()
    {
        var tools = (await _client.CallAsync("tools/list"))["result"]!["tools"]!.AsArray();
        Assert.Equal(
            ["list_agents", "get_agent", "list_experts", "run_sql", "list_metrics", "query_metrics", "compare_agents", "top_processes", "list_alerts", "explain_alert", "create_rule", "silence_alert", "run_task", "get_task", "cancel_task", "tail_task", "approve_task", "diagnose_storage", "analyze_storage_amplification"],
            tools.Select(tool => (string)tool!["name"]!));
        foreach (var tool in tools)
        {
            Assert.NotEmpty((string?)tool!["title"] ?? "");
            Assert.NotEmpty((string?)tool["description"] ?? "");
            Assert.Equal("object", (string?)tool["inputSchema"]!["type"]);
            Assert.False((bool?)tool["inputSchema"]!["additionalProperties"]);
            Assert.All(tool["inputSchema"]!["properties"]!.AsObject(), property => Assert.NotEmpty((string?)property.Value!["description"] ?? ""));
            Assert.Equal("object", (string?)tool["outputSchema"]!["type"]);
            Assert.All(tool["outputSchema"]!["properties"]!.AsObject(), property => Assert.IsType<JsonObject>(property.Value));
            Assert.Equal((string?)tool["name"] is not ("create_rule" or "silence_alert" or "run_task" or "cancel_task" or "approve_task"), (bool?)tool["annotations"]!["readOnlyHint"]);
        }
    }

    [Fact]
    public async Task Documentation_NamesEachToolAndArgument()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "docs", "mcp.md"));
        foreach (var tool in (await _client.CallAsync("tools/list"))["result"]!["tools"]!.AsArray())
        {
            Assert.Contains($"### `{tool!["name"]}`", page);
            Assert.All(tool["inputSchema"]!["properties"]!.AsObject(), property => Assert.Contains($"`{property.Key}`", page));
        }
    }

    [Fact]
    public async Task EachTool_AnotherTenantsAgent_IsNotThere()
    {
        foreach (var tool in await ToolsWithAsync("agent"))
            Assert.Equal("agent_not_found", await ProblemAsync(_client, tool, Arguments(tool, "db9")));
        using var stranger = _centre.Raw(_centre.Stranger);
        var listed = (await stranger.ToolAsync("list_agents"))["result"]!["structuredContent"]!["agents"]!.AsArray();
        Assert.Equal("db9", (string?)Assert.Single(listed)!["name"]);
    }

    [Fact]
    public async Task EachTool_EachRole_MayWhatTheDocumentationSays()
    {
        var needed = RightsPage.Permissions("MCP tools");
        Assert.Equal(await ToolsWithAsync(), needed.Keys);
        foreach (var (role, key) in _centre.Keys)
        {
            using var client = _centre.Raw(key);
            foreach (var tool in needed.Keys)
            {
                var expected = Permissions.Roles[needed[tool]!.Value].Contains(role) ? Unasked(tool) : "forbidden";
                Assert.Equal((role, tool, expected), (role, tool, await ProblemAsync(client, tool, Arguments(tool, "db1"))));
            }
            if (role == Role.Viewer)
                Assert.True(_centre.Link.Idle);
        }

        static string Unasked(string tool) => tool == "explain_alert" ? "alert_not_found"
            : tool is "get_task" or "tail_task" or "cancel_task" or "approve_task" ? "task_not_found"
            : "";
    }

    [Fact]
    public async Task EachTool_RevokedKeyOrForgedTenant_IsRefusedBeforeItRuns()
    {
        using var revoked = _centre.Raw(_centre.Revoked);
        foreach (var tool in await ToolsWithAsync())
        {
            var body = _client.Request("tools/call", new { name = tool, arguments = Arguments(tool, "db1") });
            using var unauthorized = await revoked.PostAsync(body);
            using var forged = await _client.PostAsync(body, request => request.Headers.Add("X-Tenant-ID", "globex"));
            Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        }
    }

    [Fact]
    public async Task EachTool_AgentLeftOut_MeansTheOnlyOne()
    {
        foreach (var tool in await ToolsWithAsync("agent"))
            Assert.Equal("", await ProblemAsync(_client, tool, Arguments(tool, agent: null)));
        await _centre.ConnectAsync("acme", "db2", new ScriptedLink());
        foreach (var tool in await ToolsWithAsync("agent"))
        {
            var text = Text(await _client.ToolAsync(tool, Arguments(tool, agent: null)));
            Assert.Contains("db1 (online), db2 (online)", text);
        }
    }

    [Theory]
    [InlineData("run_sql", "{}", "sql")]
    [InlineData("run_sql", "{\"sql\":\"\"}", "sql")]
    [InlineData("run_sql", "{\"sql\":7}", "sql")]
    [InlineData("run_sql", "{\"sql\":\"SELECT 1\",\"max_rows\":0}", "max_rows")]
    [InlineData("run_sql", "{\"sql\":\"SELECT 1\",\"max_rows\":1e99}", "max_rows")]
    [InlineData("run_sql", "{\"sql\":\"SELECT 1\",\"timeout_ms\":\"soon\"}", "timeout_ms")]
    [InlineData("run_sql", "{\"sql\":\"SELECT 1\",\"database\":\"d\"}", "database")]
    [InlineData("list_agents", "{\"limit\":101}", "limit")]
    [InlineData("get_agent", "{\"agent\":[]}", "agent")]
    [InlineData("diagnose_storage", "{\"fresh\":\"yes\"}", "fresh")]
    [InlineData("list_experts", "{\"x\":1}", "x")]
    [InlineData("query_metrics", "{}", "metric")]
    [InlineData("query_metrics", "{\"metric\":\"m\",\"labels\":\"mount=/\"}", "labels")]
    [InlineData("query_metrics", "{\"metric\":\"m\",\"labels\":[7]}", "labels")]
    [InlineData("compare_agents", "{\"metric\":\"m\",\"agents\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\",\"18\",\"19\",\"20\",\"21\"]}", "agents")]
    [InlineData("compare_agents", "{\"metric\":\"m\",\"previous\":12}", "previous")]
    [InlineData("top_processes", "{\"limit\":101}", "limit")]
    [InlineData("list_alerts", "{\"severity\":\"bad\"}", "severity")]
    [InlineData("create_rule", "{\"name\":\"x\",\"metric\":\"m\",\"threshold\":\"80\"}", "threshold")]
    [InlineData("create_rule", "{\"name\":\"x\",\"metric\":\"m\",\"threshold\":80,\"operator\":\"=>\"}", "operator")]
    [InlineData("silence_alert", "{\"duration\":\"soon\"}", "duration")]
    public async Task Call_WrongArgument_IsNamed(string tool, string arguments, string name)
    {
        var result = (await _client.ToolAsync(tool, JsonNode.Parse(arguments)))["result"]!;
        Assert.True((bool?)result["isError"]);
        Assert.StartsWith("Error invalid_argument", Text(result));
        Assert.Contains($"'{name}'", Text(result));
        Assert.Null(result["structuredContent"]);
    }

    [Theory]
    [InlineData("""{"name":"run_sql","arguments":"SELECT 1"}""")]
    [InlineData("""{"name":"run_sql","arguments":[]}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"arguments":{}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Call_ParamsOfTheWrongShape_IsInvalidParams(string parameters) =>
        Assert.Equal(-32602, (int?)(await _client.CallAsync("tools/call", JsonNode.Parse(parameters) ?? JsonValue.Create((string?)null)))["error"]!["code"]);

    [Fact]
    public async Task Call_NullAndWholeReal_AreTaken()
    {
        var result = await _client.ToolAsync("run_sql", JsonNode.Parse("""{"agent":null,"sql":"SELECT 1","max_rows":5.0}"""));
        Assert.Equal(5, (await _centre.Link.StartedAsync()).Limits!.MaxRows);
        Assert.Null(result["result"]!["isError"]);
    }

    [Fact]
    public async Task Call_UnknownTool_IsInvalidParams()
    {
        var error = (await _client.ToolAsync("drop_everything"))["error"]!;
        Assert.Equal(-32602, (int?)error["code"]);
        Assert.Contains("run_sql", (string?)error["message"]);
    }

    [Fact]
    public async Task RunSql_Rows_AreWholeInStructureAndReadableInText()
    {
        var result = (await _client.ToolAsync("run_sql", new { sql = ScriptedLink.Numbers }))["result"]!;
        Assert.Equal("""[["9223372036854775807",null]]""", result["structuredContent"]!["rows"]!.ToJsonString());
        Assert.Equal("db1", (string?)result["structuredContent"]!["agent"]);
        Assert.Contains("| 9223372036854775807 | NULL |", Text(result));
        var task = await _centre.Link.StartedAsync();
        Assert.Equal((30_000, 200, 1024 * 1024), (task.Limits!.TimeoutMs, task.Limits.MaxRows, task.Limits.MaxBytes));
        Assert.Contains(_centre.Audit.Entries, entry => entry is { Action: "sql.run", Tenant: "acme", Outcome: "ok", Detail: ScriptedLink.Numbers });
    }

    [Fact]
    public async Task RunSql_ManyRows_CapsTheTextOnly()
    {
        var result = (await _client.ToolAsync("run_sql", new { sql = ScriptedLink.Wide, max_rows = 1_000 }))["result"]!;
        Assert.Equal(1_000, result["structuredContent"]!["rows"]!.AsArray().Count);
        Assert.Equal("rows", (string?)result["structuredContent"]!["truncated_by"]);
        Assert.InRange(Text(result).Length, 9_000, 10_000);
        Assert.Contains("more rows are in structuredContent.rows", Text(result));
        Assert.Contains("cut at max_rows", Text(result));
    }

    [Fact]
    public async Task RunSql_Refused_SaysRulePlaceAndWhatIsAllowed()
    {
        var result = (await _client.ToolAsync("run_sql", new { sql = ScriptedLink.Refused }))["result"]!;
        Assert.True((bool?)result["isError"]);
        Assert.Contains("sql_refused", Text(result));
        Assert.Contains("rule: policy", Text(result));
        Assert.Contains("at: 5", Text(result));
        Assert.Contains("SHOW", Text(result));
        Assert.Equal("sql_refused", (string?)result["_meta"]!["outrider/problem"]!["code"]);
    }

    [Fact]
    public async Task RunSql_RefusedByTheGuard_NeverReachesTheAgent()
    {
        var text = Text(await _client.ToolAsync("run_sql", new { sql = "SELECT 1; DROP TABLE t" }));
        Assert.StartsWith("Error sql_refused", text);
        Assert.Contains("rule: ", text);
        Assert.Contains("at: ", text);
        Assert.Contains("show backends", text);
        Assert.True(_centre.Link.Idle);
    }

    [Fact]
    public async Task RunSql_AgentOffline_SaysWhenItWasHeardAndWhatNext()
    {
        _centre.Time.Advance(TimeSpan.FromMinutes(2));
        var text = Text(await _client.ToolAsync("run_sql", new { sql = "SELECT 1" }));
        Assert.Contains("agent_offline", text);
        Assert.Contains("2026-01-01T00:00:00Z", text);
        Assert.Contains("list_agents", text);
    }

    [Fact]
    public async Task Diagnose_Report_HasScoreFindingEvidenceAndWhatIsMissing()
    {
        var result = (await _client.ToolAsync("diagnose_storage", new { agent = "db1", include_details = true, fresh = true }))["result"]!;
        var report = result["structuredContent"]!;
        Assert.Equal(62, (int?)report["score"]);
        Assert.Equal("96.20 %", (string?)report["findings"]![0]!["evidence"]![0]!["value"]);
        Assert.Equal("true", (string?)report["facts"]!["argument.include_details"]);
        Assert.False((bool?)report["cached"]);
        foreach (var part in (string[])["62/100", "CRITICAL", "disk_critical", "MaxDiskUsedPct = 96.20 %", "threshold 95 %", "Free space", "tablets failed: timed_out", "Only half", "| 10.0.0.1:9050 |  |", "2 more rows are left out"])
            Assert.Contains(part, Text(result));
    }

    [Fact]
    public async Task Diagnose_ExpertRefusesTheArgument_SaysSo() => Assert.Equal(
        "invalid_argument", await ProblemAsync(_client, "analyze_storage_amplification", new { database_name = "nowhere" }));

    [Fact]
    public async Task Diagnose_WithProgressToken_TellsEachStepBeforeTheResult()
    {
        using var response = await _client.PostAsync(_client.Request("tools/call",
            new { name = "diagnose_storage", arguments = new { }, _meta = new { progressToken = "p1" } }));
        var messages = McpRaw.Messages(await response.Content.ReadAsStringAsync());
        var steps = messages.Where(message => (string?)message["method"] == "notifications/progress").Select(message => message["params"]!).ToList();
        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Equal("p1", (string?)step["progressToken"]));
        Assert.Equal((3, 3, "statement 3"), ((int)steps[^1]["progress"]!, (int)steps[^1]["total"]!, (string?)steps[^1]["message"]));
        Assert.Equal(steps.Select(step => (int)step["progress"]!).Order().Distinct(), steps.Select(step => (int)step["progress"]!));
        Assert.NotNull(messages[^1]["result"]);
    }

    [Fact]
    public async Task ListAgents_Pages_FollowEachOther()
    {
        await _centre.ConnectAsync("acme", "db2", new ScriptedLink());
        var first = (await _client.ToolAsync("list_agents", new { limit = 1 }))["result"]!["structuredContent"]!;
        Assert.Equal(("db1", "db1"), ((string?)first["agents"]![0]!["name"], (string?)first["next"]));
        var second = (await _client.ToolAsync("list_agents", new { limit = 5, after = "db1" }))["result"]!["structuredContent"]!;
        Assert.Equal(("db2", null), ((string?)second["agents"]![0]!["name"], (string?)second["next"]));
    }

    private async Task<List<string>> ToolsWithAsync(string? parameter = null) =>
        [.. (await _client.CallAsync("tools/list"))["result"]!["tools"]!.AsArray()
            // Of alerts an agent is a filter, and may be one that isn't there any more.
            .Where(tool => parameter is null || !((string)tool!["name"]!).Contains("alert"))
            .Where(tool => parameter is null || tool!["inputSchema"]!["properties"]!.AsObject().ContainsKey(parameter))
            .Select(tool => (string)tool!["name"]!)];

    /// <summary>Arguments that the tool takes: what it requires, and the agent where it has one.</summary>
    private static Dictionary<string, object> Arguments(string tool, string? agent)
    {
        var arguments = new Dictionary<string, object>();
        if (tool == "run_sql")
            arguments["sql"] = "SELECT 1";
        if (tool == "run_task")
            (arguments["type"], arguments["command"], arguments["wait"]) = ("shell", "true", 0);
        if (tool.EndsWith("_task", StringComparison.Ordinal) && tool != "run_task")
            arguments["task"] = "none";
        if (tool is "query_metrics" or "compare_agents")
            arguments["metric"] = "host_cpu_percent_normalized";
        if (tool == "explain_alert")
            arguments["alert"] = "none";
        if (tool == "create_rule")
            (arguments["name"], arguments["metric"], arguments["threshold"]) = ("Hot", "host_cpu_percent_normalized", 80);
        if (tool == "silence_alert")
            arguments["duration"] = "1h";
        if (agent is not null && tool is not ("list_agents" or "list_experts" or "compare_agents" or "explain_alert" or "create_rule" or "get_task" or "cancel_task" or "tail_task" or "approve_task"))
            arguments["agent"] = agent;
        return arguments;
    }

    [Fact]
    public async Task EachTool_PartOfTheCentreLost_IsAProblemToAskAgainFor()
    {
        _centre.Audit.Failure = new StorageException("No answer from 10.0.0.5.");

        var answer = await _client.ToolAsync("run_sql", Arguments("run_sql", "db1"));

        Assert.Equal("unavailable", (string?)answer["result"]!["_meta"]!["outrider/problem"]!["code"]);
        Assert.Contains("Retry after 1 s.", Text(answer));
        Assert.DoesNotContain("10.0.0.5", Text(answer));
    }

    private static async Task<string> ProblemAsync(McpRaw client, string tool, object arguments) =>
        (string?)(await client.ToolAsync(tool, arguments))["result"]!["_meta"]?["outrider/problem"]?["code"] ?? "";

    private static string Text(JsonNode node) => (string)(node["result"] ?? node)["content"]![0]!["text"]!;
}
