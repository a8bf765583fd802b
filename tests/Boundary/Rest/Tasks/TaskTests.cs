using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Tests.Boundary.Rest.Alerts;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>Tasks over REST: made, waited for, seen, canceled, approved and removed.</summary>
public sealed class TaskTests : IAsyncLifetime
{
    private TaskCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await TaskCentre.StartAsync();

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Task_MadeRunAndEnded_IsShownAsItStands()
    {
        var made = await _centre.Operator.GetsAsync(201, "POST", "/tasks", """
            {"agent_id":"db1","type":"script","command":"uname -a","params":{"cwd":"/tmp"},"time_limit":90,"priority":7}
            """);
        var id = made.Text("id");
        Assert.Equal(("db1", "shell", "pending", "uname -a", 90, 7, 1), (made.Text("agent_id"), made.Text("type"), made.Text("status"), made.Text("command"),
            made.GetProperty("time_limit").GetInt32(), made.GetProperty("priority").GetInt32(), made.GetProperty("attempt").GetInt32()));
        Assert.Equal("/tmp", made.GetProperty("params").Text("cwd"));
        Assert.All((string[])["result", "error", "problem", "exit_code", "approval", "started_at", "log", "sync_timed_out", "fanout_id"],
            absent => Assert.False(made.TryGetProperty(absent, out _)));
        var sent = (await _centre.Link.MessageAsync()).Create!;
        Assert.Equal((id, 1, "shell", "uname -a", 90, 7), (sent.TaskId, sent.Attempt, sent.Type, sent.Command, sent.TimeoutSeconds, sent.Priority));

        await _centre.RunsAsync(id);
        Assert.Equal("running", (await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}")).Text("status"));
        await _centre.WritesAsync(id, 0, 0, "done\n");
        await _centre.EndsAsync(id, log: new LogTotals(1, 5));
        var ended = await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}");
        Assert.Equal(("success", "0", "done\n"), (ended.Text("status"), ended.Text("exit_code"), ended.Text("result")));
        Assert.Equal((5L, 5L), (ended.GetProperty("log").GetProperty("stdout").GetInt64(), ended.GetProperty("log").GetProperty("kept").GetInt64()));
        Assert.Equal(1.5, (ended.GetProperty("finished_at").GetDateTimeOffset() - ended.GetProperty("started_at").GetDateTimeOffset()).TotalSeconds);

        await _centre.Stranger.GetsAsync(404, "GET", $"/tasks/{id}");
        await _centre.Stranger.GetsAsync(404, "GET", $"/tasks/{id}/logs");
        await _centre.Stranger.GetsAsync(404, "POST", $"/tasks/{id}/cancel");
    }

    [Fact]
    public async Task Create_ByHttp_SaysWhereTheTaskIs()
    {
        using var body = new StringContent("""{"agent_id":"db1","type":"shell","command":"true"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _centre.Operator.PostAsync(new Uri("/api/v1/tasks", UriKind.Relative), body);
        var id = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).Text("id");
        Assert.Equal($"/api/v1/tasks/{id}", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Create_Sync_AnswersWithTheEnd()
    {
        var answer = _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"true","sync":true}""");
        var id = (await _centre.Link.MessageAsync()).Create!.TaskId;
        await _centre.RunsAsync(id);
        await _centre.EndsAsync(id, new Problem(ProblemCodes.CommandFailed, "It ended with exit code 3."));
        var ended = await answer;
        Assert.Equal(("failed", "It ended with exit code 3.", "command_failed"),
            (ended.Text("status"), ended.Text("error"), ended.GetProperty("problem").Text("code")));
        Assert.False(ended.TryGetProperty("sync_timed_out", out _));
    }

    [Fact]
    public async Task Create_SyncForTooLong_AnswersHowItStandsAndTheTaskGoesOn()
    {
        var answer = _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"true","sync":true,"timeout":30}""");
        var id = (await _centre.Link.MessageAsync()).Create!.TaskId;
        await _centre.RunsAsync(id);
        await _centre.MoveUntilAsync(answer);
        Assert.Equal(("running", "True"), ((await answer).Text("status"), (await answer).Text("sync_timed_out")));
        await _centre.EndsAsync(id);
        Assert.Equal("success", (await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}")).Text("status"));
    }

    [Theory]
    [InlineData("""{"type":"shell","command":"true"}""", 400, "agent_id is missing")]
    [InlineData("""{"agent_id":"db1","command":"true"}""", 400, "type is missing")]
    [InlineData("""{"agent_id":"db1","type":"perl","command":"1"}""", 400, "unsupported task type 'perl'")]
    [InlineData("""{"agent_id":"db1","type":"shell"}""", 400, "command is empty")]
    [InlineData("""{"agent_id":"db1","type":"api","params":{}}""", 400, "url is required in params")]
    [InlineData("""{"agent_id":"db1","type":"shell","command":["ls"]}""", 400, "command of shell is a string")]
    [InlineData("""{"agent_id":"db1","type":"shell","command":"true","comand":"x"}""", 400, "perhaps 'command' is meant")]
    [InlineData("""{"agent_id":"db1","type":"shell","command":"true","timeout":301}""", 400, "timeout is 1 to 300")]
    [InlineData("""{"agent_id":"db1","type":"shell","command":"true","time_limit":0}""", 400, "time_limit is 1 to 86400")]
    [InlineData("""{"agent_id":"db1","type":"shell","command":"true","priority":11}""", 400, "priority is 1 to 10")]
    [InlineData("""{"agent_id":"db1","type":"shell","command":"true","retries":1}""", 400, "idempotent")]
    [InlineData("""{"agent_id":"db1","type":"mysql","command":"x","params":{"target":{"password":"secret"}}}""", 400, "params.target.password holds a secret")]
    [InlineData("""{"agent_id":"nobody","type":"shell","command":"true"}""", 404, "nobody")]
    [InlineData("""{"agent_id":"a/b","type":"shell","command":"true"}""", 404, "a/b")]
    [InlineData("""{"agent_id":"db1","type":"mysql","file_id":"f1"}""", 404, "f1")]
    public async Task Create_WhatCantBe_IsRefusedWithWhatToChange(string body, int status, string says)
    {
        Assert.Contains(says, (await _centre.Operator.GetsAsync(status, "POST", "/tasks", body)).Text("detail"));
        if (!body.Contains("comand", StringComparison.Ordinal))
            Assert.NotEqual("ok", Assert.Single(_centre.Audit.Entries, entry => entry.Action == "task.create").Outcome);
    }

    [Theory]
    [InlineData("k8s", """{"kind":"Pod"}""")]
    [InlineData("kubernetes", """[{"kind":"Pod"}]""")]
    [InlineData("mongodb", """[{"operation":"insert"}]""")]
    [InlineData("elasticsearch", """{"operation":"index"}""")]
    public async Task Create_CommandAsJson_IsTakenAsItsText(string type, string command)
    {
        await _centre.Operator.GetsAsync(201, "POST", "/tasks", $$"""{"agent_id":"db1","type":"{{type}}","command":{{command}}}""");
        Assert.Equal(command, (await _centre.Link.MessageAsync()).Create!.Command);
    }

    [Fact]
    public async Task Check_ACommand_AsksTheAgentAndRunsNothing()
    {
        var allowed = await _centre.Operator.GetsAsync(200, "POST", "/tasks/check", """{"agent_id":"db1","type":"shell","command":"uptime"}""");
        Assert.True(allowed.GetProperty("allowed").GetBoolean());
        Assert.Equal((true, 0), (_centre.Link.Checked!.Check, _centre.Link.Checked.Attempt));
        var refused = await _centre.Operator.GetsAsync(200, "POST", "/tasks/check", $$"""{"agent_id":"db1","type":"shell","command":"{{TaskLink.Forbidden}}"}""");
        Assert.Equal(("False", "policy_refused", "shell.deny[0]", "rm may not run here."),
            (refused.Text("allowed"), refused.Text("code"), refused.Text("rule"), refused.Text("message")));
        Assert.Empty((await _centre.Viewer.GetsAsync(200, "GET", "/tasks")).GetProperty("tasks").EnumerateArray());
        await _centre.Viewer.GetsAsync(403, "POST", "/tasks/check", """{"agent_id":"db1","type":"shell","command":"uptime"}""");
        Assert.Equal(["ok", "ok", "forbidden"], _centre.Audit.Entries.Where(entry => entry.Action == "task.check").Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Check_ATaskThatUsesAFile_TellsTheAgentWhichOne()
    {
        await _centre.Operator.GetsAsync(200, "POST", "/tasks/check", $$"""{"agent_id":"db1","type":"shell","command":"uptime","file_id":"{{OneTaskFile.Id}}"}""");
        Assert.Equal(("schema.sql", "acme db1"), (_centre.Link.Checked!.File!.Name, _centre.Link.Checked.File.Grant));
        var problem = await _centre.Operator.GetsAsync(404, "POST", "/tasks/check", """{"agent_id":"db1","type":"shell","command":"uptime","file_id":"gone"}""");
        Assert.Equal("file_not_found", problem.Text("code"));
    }

    [Fact]
    public async Task List_WithFilters_ShowsThoseThatFitPageByPage()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await _centre.Operator.GetsAsync(201, "POST", "/tasks", $$"""{"agent_id":"db1","type":"{{(i % 2 == 0 ? "shell" : "mysql")}}","command":"c{{i}}"}""")).Text("id"));
            _centre.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await _centre.RunsAsync(ids[0]);
        await _centre.EndsAsync(ids[0]);

        Assert.Equal(["c4", "c3", "c2", "c1", "c0"], await CommandsAsync(""));
        Assert.Equal(["c3", "c1"], await CommandsAsync("?type=mysql"));
        Assert.Equal(["c0"], await CommandsAsync("?status=completed"));
        Assert.Equal([], await CommandsAsync("?status=lost"));
        Assert.Equal([], await CommandsAsync("?agent_id=db2"));
        Assert.Equal([], await CommandsAsync("?awaiting_approval=true"));
        Assert.Equal(["c4", "c3"], await CommandsAsync("?limit=2"));
        Assert.Equal(["c2", "c1"], await CommandsAsync($"?limit=2&after={ids[3]}"));
        Assert.Equal(["c1", "c0"], await CommandsAsync("?to=2026-01-01T00:00:02Z"));
        var page = await _centre.Viewer.GetsAsync(200, "GET", "/tasks?status=success");
        Assert.False(page.GetProperty("tasks")[0].TryGetProperty("result", out _));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        await _centre.Viewer.GetsAsync(400, "GET", "/tasks?status=bad");
        await _centre.Viewer.GetsAsync(400, "GET", "/tasks?limit=101");
        await _centre.Viewer.GetsAsync(404, "GET", "/tasks?after=none");
        Assert.Empty((await _centre.Stranger.GetsAsync(200, "GET", "/tasks")).GetProperty("tasks").EnumerateArray());
    }

    [Fact]
    public async Task Cancel_ATaskThatRuns_IsCanceledWhenTheAgentSaysSo()
    {
        var id = await CreateAsync();
        await _centre.RunsAsync(id);
        var canceling = await _centre.Colleague.GetsAsync(200, "POST", $"/tasks/{id}/cancel");
        Assert.Equal(("running", "True"), (canceling.Text("status"), canceling.Text("canceling")));
        Assert.Equal(id, (await _centre.Link.MessageAsync()).Cancel!.TaskId);
        await _centre.Viewer.GetsAsync(403, "POST", $"/tasks/{id}/cancel");
        var audit = _centre.Audit.Entries.Where(entry => entry.Action == "task.cancel").Select(entry => $"{entry.Target} {entry.Outcome}");
        Assert.Equal(["db1 ok", " forbidden"], audit);
    }

    [Fact]
    public async Task Approval_IsASecondPersons()
    {
        await _centre.Operator.GetsAsync(403, "PUT", "/task-settings", "{}");
        var settings = await _centre.Admin.GetsAsync(200, "PUT", "/task-settings", """{"approvals":[{"name":"all shell","types":["shell"]}]}""");
        await _centre.Admin.GetsAsync(409, "PUT", "/task-settings", """{"revision":99,"approvals":[]}""");
        Assert.Contains("perhaps 'types' is meant", (await _centre.Admin.GetsAsync(400, "PUT", "/task-settings", """{"approvals":[{"name":"x","type":["shell"]}]}""")).Text("detail"));
        Assert.Equal(settings.GetRawText(), (await _centre.Viewer.GetsAsync(200, "GET", "/task-settings")).GetRawText());

        var made = await _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"reboot"}""");
        var id = made.Text("id");
        Assert.Equal(("pending", "waiting", "all shell"), (made.Text("status"), made.GetProperty("approval").Text("state"), made.GetProperty("approval").Text("rule")));
        Assert.Equal(id, (await _centre.Viewer.GetsAsync(200, "GET", "/tasks?awaiting_approval=true")).GetProperty("tasks")[0].Text("id"));
        await _centre.Operator.GetsAsync(403, "POST", $"/tasks/{id}/approve");
        await _centre.Viewer.GetsAsync(403, "POST", $"/tasks/{id}/approve");
        var approved = await _centre.Colleague.GetsAsync(200, "POST", $"/tasks/{id}/approve", """{"note":"seen"}""");
        Assert.Equal(("approved", "seen"), (approved.GetProperty("approval").Text("state"), approved.GetProperty("approval").Text("note")));
        Assert.Equal("reboot", (await _centre.Link.MessageAsync()).Create!.Command);
        await _centre.Colleague.GetsAsync(409, "POST", $"/tasks/{id}/reject");

        var other = (await _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"halt"}""")).Text("id");
        var rejected = await _centre.Colleague.GetsAsync(200, "POST", $"/tasks/{other}/reject", """{"note":"no"}""");
        Assert.Equal(("approval_refused", "rejected"), (rejected.GetProperty("problem").Text("code"), rejected.GetProperty("approval").Text("state")));
        var audit = _centre.Audit.Entries.Where(entry => entry.Action is "task.approve" or "task.reject").Select(entry => $"{entry.Action} {entry.Outcome}");
        Assert.Equal(["task.approve forbidden", "task.approve forbidden", "task.approve ok", "task.reject conflict", "task.reject ok"], audit);
    }

    [Fact]
    public async Task Delete_ATask_IsForAdminsAndNotWhileItRuns()
    {
        var id = await CreateAsync();
        await _centre.RunsAsync(id);
        await _centre.Operator.GetsAsync(403, "DELETE", $"/tasks/{id}");
        await _centre.Admin.GetsAsync(409, "DELETE", $"/tasks/{id}");
        await _centre.Admin.GetsAsync(204, "DELETE", $"/tasks/{id}?force=true");
        await _centre.Admin.GetsAsync(404, "GET", $"/tasks/{id}");
        await _centre.Admin.GetsAsync(404, "DELETE", $"/tasks/{id}");
    }

    [Fact]
    public async Task Wait_OfZeroForAnAgentThatIsAway_Is409()
    {
        await _centre.DisconnectAsync("db1");
        var problem = await _centre.Operator.GetsAsync(409, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"true","wait":0}""");
        Assert.Equal("agent_offline", problem.Text("code"));
        await _centre.Operator.GetsAsync(409, "POST", "/tasks/check", """{"agent_id":"db1","type":"shell","command":"true"}""");
        Assert.Equal("pending", (await _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"true"}""")).Text("status"));
    }

    private async Task<List<string>> CommandsAsync(string query) =>
        [.. (await _centre.Viewer.GetsAsync(200, "GET", $"/tasks{query}")).GetProperty("tasks").EnumerateArray().Select(task => task.Text("command"))];

    private async Task<string> CreateAsync()
    {
        var id = (await _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"sleep 9"}""")).Text("id");
        Assert.Equal(id, (await _centre.Link.MessageAsync()).Create!.TaskId);
        return id;
    }
}
