using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Outrider.Agent.Cluster.Link;
using Outrider.Agent.Executors;
using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Tasks of an agent that is a client of the cluster: told, logged and ended by grain calls as over a WebSocket.</summary>
[Collection(TrustedAgentGroup.Name)]
public sealed class ClusterTaskTests(TrustedClusterFixture fixture) : IClassFixture<TrustedClusterFixture>, IDisposable
{
    private readonly HttpClient _first = fixture.Cluster.Stack.Client(fixture.Cluster.Stack.Silos[0], fixture.Key);
    private readonly HttpClient _second = fixture.Cluster.Stack.Client(fixture.Cluster.Stack.Silos[1], fixture.Key);

    private TrustedCluster Cluster => fixture.Cluster;

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Task_WithMoreOutputThanAWindow_IsLoggedEndedAndForgottenByTheAgent()
    {
        const int Lines = 100_000;
        await using var agent = new HostedAgent(Cluster, "logs", async (task, output, cancellation) =>
        {
            for (var line = 0; line < Lines; line += 1_000)
                await output.WriteAsync(TaskStream.Stdout, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(line, 1_000).Select(Line))), cancellation);
            await output.WriteAsync(TaskStream.Stderr, "trouble\n"u8.ToArray(), cancellation);
            return Ends.Failed(task, new Problem(ProblemCodes.CommandFailed, "It ended with 3.")) with { ExitCode = 3 };
        });
        await agent.LinkedAsync();

        var ended = await CreateAsync(_first, new { agent_id = "logs", type = "shell", command = "true", sync = true });

        var id = ended.GetProperty("id").GetString();
        Assert.Equal(("failed", 3), (ended.GetProperty("status").GetString(), ended.GetProperty("exit_code").GetInt32()));
        Assert.Equal(ProblemCodes.CommandFailed, ended.GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal((Lines * Line(0).Length, 8), (ended.GetProperty("log").GetProperty("stdout").GetInt32(), ended.GetProperty("log").GetProperty("stderr").GetInt32()));
        var kept = await _second.GetStringAsync(TestCentre.Path($"/tasks/{id}/logs/raw?stream=stdout"));
        Assert.StartsWith(Line(0) + Line(1), kept, StringComparison.Ordinal);
        Assert.EndsWith(Line(Lines - 2) + Line(Lines - 1), kept, StringComparison.Ordinal);
        Assert.Equal("trouble\n", await _second.GetStringAsync(TestCentre.Path($"/tasks/{id}/logs/raw?stream=stderr")));
        await agent.EventuallyAsync("has forgotten its task", () => Task.FromResult(agent.TasksWithOutput == 0));
    }

    [Fact]
    public async Task Task_WhoseLinkIsLostInTheMiddle_GoesOnOverTheNextOne()
    {
        var (runs, more) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var agent = new HostedAgent(Cluster, "relinks", async (task, output, cancellation) =>
        {
            Interlocked.Increment(ref runs);
            await output.WriteAsync(TaskStream.Stdout, "before\n"u8.ToArray(), cancellation);
            await more.Task.WaitAsync(cancellation);
            await output.WriteAsync(TaskStream.Stdout, "after\n"u8.ToArray(), cancellation);
            return new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success };
        });
        await agent.LinkedAsync();
        var id = (await CreateAsync(_first, new { agent_id = "relinks", type = "shell", command = "true" })).GetProperty("id").GetString();
        await agent.EventuallyAsync("has sent the first line", async () => (await LogAsync(_second, id)).Count == 1);
        var former = (await Cluster.Agent("relinks").UseLinkAsync()).Value!;

        await (await Cluster.LinkAsync("relinks")).CloseAsync(new Problem(ProblemCodes.Unavailable, "The centre restarts."));
        await agent.EventuallyAsync("is linked anew", async () => (await Cluster.Agent("relinks").UseLinkAsync()).Value is { } now && now != former);
        more.SetResult();

        await agent.EventuallyAsync("has ended its task", async () => await StatusAsync(_second, id) == "success");
        Assert.Equal(["before", "after"], await LogAsync(_first, id));
        Assert.Equal(1, runs);
        await agent.EventuallyAsync("has forgotten its task", () => Task.FromResult(agent.TasksWithOutput == 0));
    }

    [Fact]
    public async Task Cancel_ATaskThatRuns_ReachesTheExecutorAndItsEndIsTold()
    {
        await using var agent = new HostedAgent(Cluster, "stopped");
        await agent.LinkedAsync();
        var id = (await CreateAsync(_first, new { agent_id = "stopped", type = "shell", command = "true" })).GetProperty("id").GetString();
        await agent.Started;

        using var asked = await _second.PostAsync(TestCentre.Path($"/tasks/{id}/cancel"), null);

        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        await agent.Canceled;
        await agent.EventuallyAsync("has told its end", async () => await StatusAsync(_first, id) == "canceled");
    }

    [Fact]
    public async Task Create_OverALinkThatEndsBeforeItHasToldAll_IsLinkLostAndRunsNothing()
    {
        var folder = Path.Combine(Cluster.Stack.Folder, Path.GetRandomFileName());
        var log = new AgentLog(TextWriter.Null, TimeProvider.System);
        using var journal = new TaskJournal(folder, log, TimeProvider.System);
        await using var engine = new TaskEngine(journal, folder, new TaskGate([], null, log), new TaskEngineLimits(), log, TimeProvider.System);
        var tasks = new ClusterTasks(engine, new ClusterPlace(null!, "demo", "gone", new ObserverRef<IAgentLink>("gone")), TimeProvider.System);
        var sent = tasks.TakeAsync(new TaskMessage(Create: new TaskCreate { TaskId = "t-1", Type = TaskTypes.Shell, Attempt = 1 }));

        await tasks.DisposeAsync();

        Assert.Equal(ProblemCodes.LinkLost, (await sent).Problem?.Code);
        Assert.Empty(journal.Entries());
    }

    private static string Line(int number) => $"line {number:00000}\n";

    private static async Task<JsonElement> CreateAsync(HttpClient client, object task)
    {
        using var response = await client.PostAsJsonAsync(TestCentre.Path("/tasks"), task);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> StatusAsync(HttpClient client, string? id) =>
        (await client.GetFromJsonAsync<JsonElement>(TestCentre.Path($"/tasks/{id}"))).GetProperty("status").GetString();

    private static async Task<List<string?>> LogAsync(HttpClient client, string? id) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(TestCentre.Path($"/tasks/{id}/logs"))).GetProperty("logs").EnumerateArray()
            .Select(row => row.GetProperty("message").GetString())];
}
