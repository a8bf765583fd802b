using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Link;
using Outrider.Tests.Boundary.Rest.Alerts;
using Outrider.Tests.Boundary.Rest.Tasks;

namespace Outrider.Tests.Boundary.Live;

/// <summary>Tasks in the live feed.</summary>
public sealed class LiveTaskTests : IAsyncLifetime
{
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(20);

    private TaskCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await TaskCentre.StartAsync(
        TimeProvider.System, options => (options.UpdateInterval, options.AgentsInterval) = (s_quick, s_quick));

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Subscribe_ATask_TellsItsStatesAndItsLog()
    {
        var id = await RunningAsync();
        await _centre.WritesAsync(id, 0, 0, "one\n");
        await using var viewer = await RawViewer.ConnectAsync(_centre.Url, _centre.ViewerKey);
        await viewer.SendAsync(new { type = "subscribe", id = "s", tasks = new[] { id } });
        Assert.Equal(["running", "one"], await ToldAsync(viewer, 2));
        await _centre.WritesAsync(id, 1, 4, "two\nthr", "ee\n");
        Assert.Equal(["two", "three"], await ToldAsync(viewer, 2));
        await _centre.EndsAsync(id, log: new LogTotals(3, 14));
        Assert.Equal(["success"], await ToldAsync(viewer, 1));
    }

    [Fact]
    public async Task Subscribe_ATaskThatIsDeleted_TellsThatItIsGone()
    {
        var id = await RunningAsync();
        await using var viewer = await RawViewer.ConnectAsync(_centre.Url, _centre.ViewerKey);
        await viewer.SendAsync(new { type = "subscribe", id = "s", tasks = new[] { id } });
        Assert.Equal(["running"], await ToldAsync(viewer, 1));
        await _centre.Admin.GetsAsync(204, "DELETE", $"/tasks/{id}?force=true");
        Assert.Equal(["canceled"], await ToldAsync(viewer, 1));
    }

    [Theory]
    [InlineData("""["none"]""", ProblemCodes.TaskNotFound)]
    [InlineData("""["a/b"]""", ProblemCodes.InvalidArgument)]
    [InlineData("""[null]""", ProblemCodes.InvalidArgument)]
    [InlineData("""["a","a"]""", ProblemCodes.InvalidArgument)]
    [InlineData("""[]""", ProblemCodes.InvalidArgument)]
    [InlineData("""["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17"]""", ProblemCodes.InvalidArgument)]
    public async Task Subscribe_TasksThatCantBe_IsRefused(string tasks, string code)
    {
        await using var viewer = await RawViewer.ConnectAsync(_centre.Url, _centre.ViewerKey);
        await viewer.SendTextAsync($$"""{"type":"subscribe","id":"s","tasks":{{tasks}}}""");
        Assert.Equal(code, await viewer.ErrorAsync());
    }

    /// <summary>States and lines as they are told, until there are so many.</summary>
    private static async Task<List<string>> ToldAsync(RawViewer viewer, int count)
    {
        var told = new List<string>();
        while (told.Count < count)
        {
            if (!(await viewer.ReceiveAsync("update")).TryGetProperty("tasks", out var tasks))
                continue;
            foreach (var task in tasks.EnumerateArray())
            {
                if (task.TryGetProperty("state", out var state) && state.Text("status") == "running")
                    told.Add("running");
                told.AddRange(task.GetProperty("logs").EnumerateArray().Select(row => row.Text("message")));
                if (task.TryGetProperty("state", out state) && state.Text("status") != "running")
                    told.Add(state.Text("status"));
            }
        }
        return told;
    }

    private async Task<string> RunningAsync()
    {
        var id = (await _centre.Operator.GetsAsync(201, "POST", "/tasks", """{"agent_id":"db1","type":"shell","command":"build"}""")).Text("id");
        await _centre.RunsAsync(id);
        return id;
    }
}
