using System.Text.Json;
using Outrider.Protocol.Tasks;
using Outrider.Tests.Boundary.Rest.Alerts;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>What tasks write, over REST: page by page, raw, and as it comes.</summary>
public sealed class TaskLogTests : IAsyncLifetime
{
    private TaskCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await TaskCentre.StartAsync();

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Logs_PageByPage_AreAllRowsOnce()
    {
        var id = await RunningAsync();
        await _centre.WritesAsync(id, 0, 0, "one\ntwo\nthr", "ee\nfour\nfive");
        await _centre.EndsAsync(id, log: new LogTotals(2, 22));

        var first = await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}/logs?limit=2");
        var second = await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}/logs?limit=3&after={first.Text("next")}");
        Assert.Equal(["one", "two", "three", "four", "five"], Messages(first).Concat(Messages(second)));
        Assert.Equal(("False", "True"), (first.Text("complete"), second.Text("complete")));
        var row = second.GetProperty("logs")[0];
        Assert.Equal((id, "info", "stdout", "1"), (row.Text("task_id"), row.Text("level"), row.Text("stream"), row.Text("attempt")));
        var rest = await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}/logs?after={second.Text("next")}");
        Assert.Equal((0, "True"), (rest.GetProperty("logs").GetArrayLength(), rest.Text("complete")));
        await _centre.Viewer.GetsAsync(400, "GET", $"/tasks/{id}/logs?after=7");
        await _centre.Viewer.GetsAsync(400, "GET", $"/tasks/{id}/logs?limit=1001");
        await _centre.Viewer.GetsAsync(404, "GET", "/tasks/none/logs");
    }

    [Fact]
    public async Task Logs_WithAGap_SayWhereAndHowMuch()
    {
        var id = await RunningAsync();
        await _centre.WritesAsync(id, 0, 0, "one\n");
        await _centre.WritesAsync(id, 5, 1_004, "last\n");
        await _centre.EndsAsync(id, log: new LogTotals(6, 1_009));
        var page = await _centre.Viewer.GetsAsync(200, "GET", $"/tasks/{id}/logs");
        Assert.True(page.GetProperty("gap").GetBoolean());
        Assert.Equal(["one info", "… 1 000 bytes are not here: they are not kept, or were missed. warn", "last info"],
            page.GetProperty("logs").EnumerateArray().Select(row => $"{row.Text("message")} {row.Text("level")}"));
    }

    [Fact]
    public async Task Raw_AStream_IsItsBytes()
    {
        var id = await RunningAsync();
        await _centre.WritesAsync(id, 0, 0, "one\ntw", "o");
        await _centre.EndsAsync(id);
        Assert.Equal("one\ntwo", await _centre.Viewer.GetStringAsync(new Uri($"/api/v1/tasks/{id}/logs/raw", UriKind.Relative)));
        Assert.Equal("", await _centre.Viewer.GetStringAsync(new Uri($"/api/v1/tasks/{id}/logs/raw?stream=stderr", UriKind.Relative)));
        await _centre.Viewer.GetsAsync(400, "GET", $"/tasks/{id}/logs/raw?stream=all");
        await _centre.Stranger.GetsAsync(404, "GET", $"/tasks/{id}/logs/raw");
    }

    [Fact]
    public async Task Stream_OfATaskThatRuns_TellsEachLineAsItComesAndTheEnd()
    {
        var id = await CreateAsync();
        using var events = await EventReader.OpenAsync(_centre.Viewer, id);
        Assert.Equal("state pending", await events.NextAsync());
        await _centre.RunsAsync(id);
        Assert.Equal("state running", await events.NextAsync());
        await _centre.WritesAsync(id, 0, 0, "one\ntwo", "\nthree");
        Assert.Equal(["log one", "log two"], await events.NextAsync(2));
        await _centre.EndsAsync(id, log: new LogTotals(2, 13));
        Assert.Equal(["log three", "end success"], await events.NextAsync(2));
        Assert.Null(await events.NextAsync());
        Assert.Equal("end", events.LastId);
    }

    [Fact]
    public async Task Stream_Resumed_LosesAndRepeatsNothing()
    {
        var id = await RunningAsync();
        await _centre.WritesAsync(id, 0, 0, "one\ntwo\nth");
        string last;
        using (var events = await EventReader.OpenAsync(_centre.Viewer, id))
        {
            Assert.Equal(["state running", "log one"], await events.NextAsync(2));
            last = events.LastId!;
        }
        await _centre.WritesAsync(id, 1, 10, "ree\nfour\n");
        using (var events = await EventReader.OpenAsync(_centre.Viewer, id, last))
        {
            Assert.Equal(["state running", "log two", "log three", "log four"],
                await events.NextAsync(4));
            last = events.LastId!;
        }
        await _centre.EndsAsync(id, log: new LogTotals(2, 19));
        using (var events = await EventReader.OpenAsync(_centre.Viewer, id, last))
        {
            Assert.Equal(["state success", "end success"], await events.NextAsync(2));
        }
        using var over = await EventReader.OpenAsync(_centre.Viewer, id, "end");
        Assert.Equal(204, over.Status);
    }

    [Fact]
    public async Task Stream_WithoutNews_SaysThatItLives()
    {
        var id = await RunningAsync();
        using var events = await EventReader.OpenAsync(_centre.Viewer, id);
        Assert.Equal("state running", await events.NextAsync());
        var heartbeat = events.CommentAsync();
        await _centre.MoveUntilAsync(heartbeat);
        Assert.Equal(": heartbeat", await heartbeat);
    }

    [Fact]
    public async Task Stream_OfWhatIsntThere_IsAProblem()
    {
        var id = await RunningAsync();
        await _centre.Viewer.GetsAsync(404, "GET", "/tasks/none/logs/stream");
        await _centre.Stranger.GetsAsync(404, "GET", $"/tasks/{id}/logs/stream");
        await _centre.Viewer.GetsAsync(400, "GET", $"/tasks/{id}/logs/stream?after=x");
    }

    private static IEnumerable<string> Messages(JsonElement page) => page.GetProperty("logs").EnumerateArray().Select(row => row.Text("message"));

    private async Task<string> CreateAsync() =>
        (await _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"build"}""")).Text("id");

    private async Task<string> RunningAsync()
    {
        var id = await CreateAsync();
        await _centre.RunsAsync(id);
        return id;
    }
}
