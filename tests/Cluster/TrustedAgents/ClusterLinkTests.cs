using Outrider.Agent.Link;
using Outrider.Grains.Agents;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>A link that is a client of the cluster, against real silos: all that a link over a WebSocket does.</summary>
[Collection(TrustedAgentGroup.Name)]
public sealed class ClusterLinkTests(TrustedClusterFixture fixture) : IClassFixture<TrustedClusterFixture>
{
    private readonly TrustedCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Run_WithToken_EnrolsAndRunsTasks()
    {
        var payload = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(payload);
        await using var agent = new HostedAgent(_cluster, "enrols", async (task, sink, cancellation) =>
        {
            foreach (var block in payload.Chunk(1_000_000))
                await sink.WriteAsync(TaskStream.Payload, block, cancellation);
            return Success(task) with { Rows = 7 };
        });
        await agent.LinkedAsync();

        var result = await _cluster.RunAsync("enrols", NewTask());

        Assert.Equal((TaskStatuses.Success, 7, payload.Length), (result.Completion.Status, result.Completion.Rows, (int)result.Completion.PayloadBytes));
        Assert.Equal(payload, result.Payload);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(agent.Data, CredentialFile.Name)));
        Assert.Equal(0, await agent.StopAsync());
    }

    [Fact]
    public async Task Run_StatusChanges_ReachTheAgentsView()
    {
        await using var agent = new HostedAgent(_cluster, "status");
        await agent.LinkedAsync();
        agent.Set(new DatabaseState("starrocks", "ok", new string('3', 1000)));
        await agent.EventuallyAsync("is seen with its database", async () => (await _cluster.Agent("status").GetAsync()).Value is
            { Status: AgentStatus.Online, Databases: [{ State: "ok", Version.Length: LinkProtocol.MaxText }] });
    }

    [Fact]
    public async Task Run_CallerCancels_CancelsTheExecutor()
    {
        await using var agent = new HostedAgent(_cluster, "cancels");
        await agent.LinkedAsync();
        using var caller = new CancellationTokenSource();
        var result = _cluster.RunAsync("cancels", NewTask(), caller.Token);
        await agent.Started;

        await caller.CancelAsync();

        await agent.Canceled;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
    }

    [Fact]
    public async Task Run_MoreThanTheTaskAllows_IsGivenUpAndTheLinkGoesOn()
    {
        await using var agent = new HostedAgent(_cluster, "oversized", async (task, sink, cancellation) =>
        {
            var block = new byte[LinkProtocol.MaxBlockBytes];
            for (var sent = 0; sent <= int.Parse(task.Command!, System.Globalization.CultureInfo.InvariantCulture); sent++)
                await sink.WriteAsync(TaskStream.Payload, block, cancellation);
            return Success(task);
        });
        await agent.LinkedAsync();
        var limits = new SqlLimits(MaxBytes: 2 * LinkProtocol.MaxBlockBytes);

        var tooMuch = await _cluster.RunAsync("oversized", NewTask("3") with { Limits = limits });
        var enough = await _cluster.RunAsync("oversized", NewTask("2") with { Limits = limits });

        Assert.Equal((TaskStatuses.Failed, ProblemCodes.PayloadTooLarge), (tooMuch.Completion.Status, tooMuch.Completion.Problem?.Code));
        Assert.Empty(tooMuch.Payload);
        Assert.Equal((TaskStatuses.Success, 3 * LinkProtocol.MaxBlockBytes), (enough.Completion.Status, enough.Payload.Length));
    }

    [Fact]
    public async Task Run_MoreTasksThanALinkCarries_AreRefused()
    {
        await using var agent = new HostedAgent(_cluster, "busy");
        await agent.LinkedAsync();
        var link = await _cluster.LinkAsync("busy");
        using var caller = new CancellationTokenSource();
        var results = Enumerable.Range(0, LinkProtocol.MaxTasks + 1).Select(_ => link.RunAsync(NewTask(), caller.Token)).ToList();

        // All others wait.
        var first = await (await Task.WhenAny(results));

        Assert.Equal(ProblemCodes.AgentBusy, first.Completion.Problem?.Code);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(results));
    }

    [Fact]
    public async Task Run_TypeWithoutAnExecutor_IsRefused()
    {
        await using var agent = new HostedAgent(_cluster, "lacks");
        await agent.LinkedAsync();
        var result = await _cluster.RunAsync("lacks", NewTask() with { Type = TaskTypes.Mongo, Check = true });
        Assert.Equal(ProblemCodes.AgentLacksCapability, result.Completion.Problem?.Code);
    }

    [Fact]
    public async Task Run_ASecondAgentWithTheSameCredential_IsTold()
    {
        await using var first = new HostedAgent(_cluster, "twice");
        await first.LinkedAsync();
        var copy = Directory.CreateDirectory(Path.Combine(_cluster.Stack.Folder, Path.GetRandomFileName())).FullName;
        File.Copy(Path.Combine(first.Data, CredentialFile.Name), Path.Combine(copy, CredentialFile.Name));

        await using var second = new HostedAgent(_cluster, "twice", data: copy);

        await second.SaysAsync("A second agent with the id 'twice' is connected");
        Assert.True((await _cluster.Agent("twice").UseLinkAsync()).Ok);
        Assert.DoesNotContain("Dialling again", first.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NameTaken_Exits2AndSaysWhatToDo()
    {
        await using var first = new HostedAgent(_cluster, "taken");
        await first.LinkedAsync();
        await using var second = new HostedAgent(_cluster, "taken");
        Assert.Equal(2, await second.Running.WaitAsync(TestTimeouts.Default));
        Assert.Contains("OUTRIDER_AGENT_NAME", second.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TokenOfNoUse_Exits2()
    {
        await using var agent = new HostedAgent(_cluster, "refused", token: "ort.demo.unknown.secret");
        Assert.Equal(2, await agent.Running.WaitAsync(TestTimeouts.Default));
        Assert.Contains(ProblemCodes.EnrolmentRefused, agent.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_WhileATaskRuns_LosesItCancelsItAndTellsTheAgent()
    {
        await using var agent = new HostedAgent(_cluster, "revoked");
        await agent.LinkedAsync();
        var result = _cluster.RunAsync("revoked", NewTask());
        await agent.Started;

        await _cluster.Agent("revoked").RevokeAsync();

        await agent.Canceled;
        Assert.Equal((TaskStatuses.Lost, ProblemCodes.LinkLost), ((await result).Completion.Status, (await result).Completion.Problem?.Code));
        await agent.SaysAsync(ProblemCodes.AgentRevoked);
        Assert.False(agent.Running.IsCompleted);
    }

    [Fact]
    public async Task Stop_InGoodOrder_TellsTheCentreAndWhoeverWaits()
    {
        await using var agent = new HostedAgent(_cluster, "stops");
        await agent.LinkedAsync();
        var result = _cluster.RunAsync("stops", NewTask());
        await agent.Started;

        Assert.Equal(0, await agent.StopAsync());

        Assert.Equal(ProblemCodes.LinkLost, (await result).Completion.Problem?.Code);
        Assert.Equal(ProblemCodes.AgentOffline, (await _cluster.Agent("stops").UseLinkAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Close_ByTheCentre_LinksAgainWithItsCredentialOnly()
    {
        await using var agent = new HostedAgent(_cluster, "closed");
        await agent.LinkedAsync();
        var link = (await _cluster.Agent("closed").UseLinkAsync()).Value!;

        await (await _cluster.LinkAsync("closed")).CloseAsync(new Problem(ProblemCodes.Unavailable, "The centre restarts."));

        await agent.EventuallyAsync("is linked anew", async () => (await _cluster.Agent("closed").UseLinkAsync()).Value is { } now && now != link);
    }

    private static TaskCreate NewTask(string command = "SELECT 1") =>
        new() { TaskId = Guid.NewGuid().ToString("N"), Type = "sql", Command = command };

    private static TaskComplete Success(TaskCreate task) => new() { TaskId = task.TaskId, Status = TaskStatuses.Success };
}
