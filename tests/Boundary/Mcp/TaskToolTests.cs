using System.Text.Json.Nodes;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Tests.Boundary.Rest.Alerts;
using Outrider.Tests.Boundary.Rest.Tasks;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The tools about tasks: what they do, and what they tell a model to do next.</summary>
public sealed class TaskToolTests : IAsyncLifetime
{
    private TaskCentre _centre = null!;
    private McpRaw _client = null!;

    public async Task InitializeAsync()
    {
        _centre = await TaskCentre.StartAsync();
        _client = new McpRaw([_centre.Url], _centre.OperatorKey);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task RunTask_ThatEndsInTime_BringsItsResult()
    {
        var answer = AskAsync("run_task", new { agent = "db1", type = "shell", command = "uname", @params = new { cwd = "/tmp" } });
        var sent = (await _centre.Link.MessageAsync()).Create!;
        Assert.Equal(("uname", 120, "/tmp"), (sent.Command, sent.TimeoutSeconds, sent.Params!.Value.Text("cwd")));
        await _centre.RunsAsync(sent.TaskId);
        await _centre.EndsAsync(sent.TaskId);
        var (text, content) = await answer;
        Assert.Contains("success, exit code 0, after 1.5 s.", text);
        Assert.Contains("| done", text);
        Assert.Equal(("success", "done\n"), ((string?)content["status"], (string?)content["result"]));
    }

    [Fact]
    public async Task RunTask_ThatTakesLonger_SaysToAskAgain()
    {
        var (text, content) = await AskAsync("run_task", new { agent = "db1", type = "shell", command = "sleep 1000", wait = 0 });
        var id = (string?)content["id"];
        Assert.Contains($"call get_task with task = \"{id}\"", text);
        await _centre.RunsAsync(id!);
        Assert.Contains("still runs", (await AskAsync("get_task", new { task = id })).Text);
        var ended = AskAsync("get_task", new { task = id, wait = 60 });
        await _centre.EndsAsync(id!, new Problem(ProblemCodes.PolicyRefused, "rm may not run here.") { Details = new() { ["rule"] = "shell.deny[0]" } });
        var refused = (await ended).Text;
        Assert.Contains("Error policy_refused: rm may not run here.", refused);
        Assert.Contains("rule: shell.deny[0]", refused);
        Assert.Contains("Don't try to get around the rule", refused);
    }

    [Fact]
    public async Task RunTask_ThatNeedsApproval_SaysWhoMustGiveItAndAnotherKeyDoes()
    {
        await _centre.Admin.GetsAsync(200, "PUT", "/task-settings", """{"approvals":[{"name":"all","types":["shell"]}]}""");
        var (text, content) = await AskAsync("run_task", new { agent = "db1", type = "shell", command = "reboot", wait = 0 });
        Assert.Contains("waits for the approval of a second person (rule all)", text);
        Assert.Contains("you can't approve", text);
        var id = (string?)content["id"];
        Assert.Equal("forbidden", await ProblemAsync("approve_task", new { task = id }));
        using var colleague = new McpRaw([_centre.Url], _centre.ColleagueKey);
        var approved = (await colleague.ToolAsync("approve_task", new { task = id, note = "seen" }))["result"]!["structuredContent"]!;
        Assert.Equal("approved", (string?)approved["approval"]!["state"]);
        Assert.Equal("reboot", (await _centre.Link.MessageAsync()).Create!.Command);
    }

    [Fact]
    public async Task CancelTask_ThatRuns_TellsItsAgent()
    {
        var id = await RunningAsync();
        var (text, _) = await AskAsync("cancel_task", new { task = id });
        Assert.Contains("is being canceled", text);
        Assert.Equal(id, (await _centre.Link.MessageAsync()).Cancel!.TaskId);
    }

    [Fact]
    public async Task TailTask_TheLastLines_AndThenWhatCame()
    {
        var id = await RunningAsync();
        await _centre.WritesAsync(id, 0, 0, string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i}\n")));
        await _centre.EndsAsync(id, log: new LogTotals(1, 4_390));
        var (text, content) = await AskAsync("tail_task", new { task = id, lines = 3 });
        Assert.Contains("out | line 497\nout | line 498\nout | line 499\nThe task is over and this is the end.", text);
        Assert.DoesNotContain("line 496", text);
        Assert.Equal(3, content["logs"]!.AsArray().Count);
        var (_, first) = await AskAsync("tail_task", new { task = id, lines = 500 });
        var (_, rest) = await AskAsync("tail_task", new { task = id, after = (string?)first["logs"]![497]!["id"] });
        Assert.Equal(["line 498", "line 499"], rest["logs"]!.AsArray().Select(row => (string?)row!["message"]));
        Assert.Contains("wrote nothing (more)", (await AskAsync("tail_task", new { task = id, after = (string?)rest["next"] })).Text);
    }

    [Theory]
    [InlineData("run_task", """{"agent":"db1","type":"shell","command":"x","wait":121}""", "wait")]
    [InlineData("run_task", """{"agent":"db1","type":"shell","command":"x","time_limit":601}""", "time_limit")]
    [InlineData("run_task", """{"agent":"db1","type":"shell","command":"x","params":"y"}""", "params")]
    [InlineData("run_task", """{"agent":"db1","command":"x"}""", "type")]
    [InlineData("tail_task", """{"task":"x","lines":1001}""", "lines")]
    [InlineData("get_task", """{}""", "task")]
    public async Task Call_WrongArgument_IsNamed(string tool, string arguments, string name)
    {
        var result = (await _client.ToolAsync(tool, JsonNode.Parse(arguments)))["result"]!;
        Assert.StartsWith("Error invalid_argument", (string?)result["content"]![0]!["text"]);
        Assert.Contains($"'{name}'", (string?)result["content"]![0]!["text"]);
    }

    [Fact]
    public async Task EachTool_OfATaskThatIsntThere_SaysSo()
    {
        foreach (var tool in (string[])["get_task", "cancel_task", "tail_task", "approve_task"])
            Assert.Equal("task_not_found", await ProblemAsync(tool, new { task = "none" }));
    }

    private async Task<string> RunningAsync()
    {
        var id = (string)(await AskAsync("run_task", new { agent = "db1", type = "shell", command = "x", wait = 0 })).Content["id"]!;
        Assert.Equal(id, (await _centre.Link.MessageAsync()).Create!.TaskId);
        await _centre.RunsAsync(id);
        return id;
    }

    private async Task<(string Text, JsonNode Content)> AskAsync(string tool, object arguments)
    {
        var result = (await _client.ToolAsync(tool, arguments))["result"]!;
        var text = (string)result["content"]![0]!["text"]!;
        Assert.True(result["isError"] is null, text);
        return (text, result["structuredContent"]!);
    }

    private async Task<string?> ProblemAsync(string tool, object arguments) =>
        (string?)(await _client.ToolAsync(tool, arguments))["result"]!["_meta"]?["outrider/problem"]?["code"];
}
