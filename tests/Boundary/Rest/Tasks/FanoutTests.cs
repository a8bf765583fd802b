using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Tests.Boundary.Rest.Alerts;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>One piece of work for many agents, over REST. There are db1 (no labels), web-1 (zone a) and web-2 (zone b), both of role web.</summary>
public sealed class FanoutTests : IAsyncLifetime
{
    private TaskCentre _centre = null!;

    public async Task InitializeAsync()
    {
        _centre = await TaskCentre.StartAsync();
        await _centre.ConnectAsync("web-1", new() { ["role"] = "web", ["zone"] = "a" });
        await _centre.ConnectAsync("web-2", new() { ["role"] = "web", ["zone"] = "b" });
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Theory]
    [InlineData("""{"agents":["*"]}""", "db1 web-1 web-2")]
    [InlineData("""{"agents":["web-*"]}""", "web-1 web-2")]
    [InlineData("""{"agents":["db1","web-2"]}""", "db1 web-2")]
    [InlineData("""{"labels":{"role":"web"}}""", "web-1 web-2")]
    [InlineData("""{"labels":{"role":"w*","zone":"b"}}""", "web-2")]
    [InlineData("""{"agents":["*1"],"labels":{"role":"*"}}""", "web-1")]
    public async Task Create_ForPatternsAndLabels_IsForThoseThatMatch(string whom, string agents)
    {
        var made = await _centre.Operator.GetsAsync(201, "POST", "/fanouts", whom[..^1] + ""","type":"shell","command":"uptime"}""");
        var tasks = await _centre.Viewer.GetsAsync(200, "GET", $"/tasks?fanout_id={made.Text("id")}");
        Assert.Equal(agents, string.Join(' ', tasks.GetProperty("tasks").EnumerateArray().Select(task => task.Text("agent_id")).Order()));
        Assert.Equal(agents.Split(' ').Length, made.GetProperty("agent_count").GetInt32());
    }

    [Theory]
    [InlineData("""{}""", 400, "Say for whom")]
    [InlineData("""{"agents":["app-*"]}""", 422, "app-*")]
    [InlineData("""{"labels":{"role":"db"}}""", 422, "role=db")]
    [InlineData("""{"agents":["web-1","web-9"]}""", 404, "web-9")]
    [InlineData("""{"agents":["*"],"batch_size":"30"}""", 400, "batch_size")]
    [InlineData("""{"agents":["*"],"max_failure_ratio":1.5}""", 400, "max_failure_ratio")]
    [InlineData("""{"agents":["*"],"pause":-1}""", 400, "pause")]
    [InlineData("""{"agents":["*"],"labels":{"a b":"x"}}""", 400, "labels")]
    [InlineData("""{"agents":[null]}""", 400, "agents")]
    [InlineData("""{"agents":["*"],"agent_id":"x"}""", 400, "agent_id")]
    public async Task Create_WhatCantBe_IsRefusedWithWhatToChange(string whom, int status, string says)
    {
        var comma = whom.Length > 2 ? "," : "";
        var problem = await _centre.Operator.GetsAsync(status, "POST", "/fanouts", $$"""{{whom[..^1]}}{{comma}}"type":"shell","command":"uptime"}""");
        Assert.Contains(says, problem.Text("detail"));
    }

    [Fact]
    public async Task Summary_OfAFanout_CountsAndNamesWhatWentWrong()
    {
        var made = await _centre.Operator.GetsAsync(201, "POST", "/fanouts",
            """{"agents":["web-*"],"type":"shell","command":"deploy","batch_size":"50%","max_failure_ratio":0.1}""");
        var id = made.Text("id");
        Assert.Equal(("running", 1, 1), (made.Text("status"), made.GetProperty("batch_size").GetInt32(), made.GetProperty("begun").GetInt32()));
        await _centre.RunsAsync($"{id}-0", "web-1");
        await _centre.EndsAsync($"{id}-0", new Problem(ProblemCodes.CommandFailed, "exit code 3\nand more"), agent: "web-1");

        var over = await UntilAsync(id, fanout => fanout.Text("status") != "running");
        Assert.Equal(("failed", "1"), (over.Text("status"), over.GetProperty("counts").Text("failed")));
        var failure = Assert.Single(over.GetProperty("failures").EnumerateArray(), one => one.Text("status") == "failed");
        Assert.Equal(("web-1", $"{id}-0", "exit code 3"), (failure.Text("agent_id"), failure.Text("task_id"), failure.Text("why")));
        Assert.Equal([id], (await _centre.Viewer.GetsAsync(200, "GET", "/fanouts?status=failed")).GetProperty("fanouts").EnumerateArray().Select(one => one.Text("id")));
        Assert.Empty((await _centre.Viewer.GetsAsync(200, "GET", "/fanouts?status=success")).GetProperty("fanouts").EnumerateArray());
        await _centre.Operator.GetsAsync(409, "POST", $"/fanouts/{id}/cancel");
    }

    [Fact]
    public async Task Fanout_CanceledApprovedOrForeign_IsAsItsTasksAre()
    {
        var running = (await _centre.Operator.GetsAsync(201, "POST", "/fanouts", """{"agents":["web-*"],"type":"shell","command":"x"}""")).Text("id");
        await _centre.Stranger.GetsAsync(404, "GET", $"/fanouts/{running}");
        await _centre.Viewer.GetsAsync(403, "POST", $"/fanouts/{running}/cancel");
        Assert.Equal("canceled", (await _centre.Colleague.GetsAsync(200, "POST", $"/fanouts/{running}/cancel")).Text("status"));

        await _centre.Admin.GetsAsync(200, "PUT", "/task-settings", """{"approvals":[{"name":"many","min_agents":2}]}""");
        var waiting = await _centre.Operator.GetsAsync(201, "POST", "/fanouts", """{"agents":["web-*"],"type":"shell","command":"x"}""");
        Assert.Equal(("pending", "waiting"), (waiting.Text("status"), waiting.GetProperty("approval").Text("state")));
        await _centre.Operator.GetsAsync(403, "POST", $"/fanouts/{waiting.Text("id")}/approve");
        Assert.Equal("running", (await _centre.Colleague.GetsAsync(200, "POST", $"/fanouts/{waiting.Text("id")}/approve")).Text("status"));
        var other = (await _centre.Operator.GetsAsync(201, "POST", "/fanouts", """{"agents":["web-*"],"type":"shell","command":"x"}""")).Text("id");
        Assert.NotEqual("running", (await _centre.Colleague.GetsAsync(200, "POST", $"/fanouts/{other}/reject", """{"note":"no"}""")).Text("status"));
        await _centre.Viewer.GetsAsync(404, "GET", "/fanouts/none");
        Assert.Equal(["fanout.create ok", "fanout.cancel forbidden", "fanout.cancel ok", "fanout.create ok", "fanout.approve forbidden", "fanout.approve ok", "fanout.create ok", "fanout.reject ok"],
            _centre.Audit.Entries.Where(entry => entry.Action.StartsWith("fanout", StringComparison.Ordinal)).Select(entry => $"{entry.Action} {entry.Outcome}"));
    }

    private async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var fanout = await _centre.Viewer.GetsAsync(200, "GET", $"/fanouts/{id}");
            if (isSo(fanout))
                return fanout;
            limit.Token.ThrowIfCancellationRequested();
            _centre.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
