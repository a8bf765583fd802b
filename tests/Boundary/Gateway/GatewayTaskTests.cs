using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Gateway;

public sealed class GatewayTaskTests
{
    [Fact]
    public async Task Run_PayloadInBlocks_ComesWholeToTheOneWhoAsked()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var results = new[] { "a", "b" }.Select(id => host.RunAsync("db-1", GatewayHost.Task(id))).ToList();
        await agent.TaskAsync();
        await agent.TaskAsync();
        var block = Enumerable.Range(0, LinkProtocol.MaxBlockBytes).Select(i => (byte)i).ToArray();
        for (var i = 0u; i < 3; i++)
        {
            await agent.SendBlockAsync("a", i, block);
            await agent.SendBlockAsync("b", i, [(byte)i]);
        }
        await agent.SendAsync(Done("b", 3));
        await agent.SendAsync(Done("a", 3 * block.Length));
        var (a, b) = (await results[0], await results[1]);
        Assert.Equal([.. block, .. block, .. block], a.Payload);
        Assert.Equal([0, 1, 2], b.Payload);
        Assert.Equal(0, host.Budget.Used);
    }

    [Fact]
    public async Task Run_AgentKilled_IsLost()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var result = host.RunAsync("db-1", GatewayHost.Task());
        await agent.TaskAsync();
        await agent.SendBlockAsync("t-1", 0, new byte[1000]);
        agent.Abort();
        var ended = (await result).Completion;
        Assert.Equal((TaskStatuses.Lost, ProblemCodes.LinkLost), (ended.Status, ended.Problem?.Code));
        Assert.Equal(0, host.Budget.Used);
    }

    [Fact]
    public async Task Run_CallerGone_CancelsOnTheAgentAndKeepsTheLink()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        using var caller = new CancellationTokenSource();
        var result = host.RunAsync("db-1", GatewayHost.Task(), caller.Token);
        await agent.TaskAsync();
        await agent.SendBlockAsync("t-1", 0, new byte[1000]);
        await caller.CancelAsync();
        Assert.Equal("t-1", (await agent.ReceiveAsync<TaskCancel>()).TaskId);
        await agent.SendBlockAsync("t-1", 1, new byte[1000]);
        await agent.SendAsync(new TaskComplete { TaskId = "t-1", Status = TaskStatuses.Canceled, Problem = new Problem(ProblemCodes.Canceled, "canceled"), PayloadBytes = 2000 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
        Assert.Equal(0, host.Budget.Used);
        await AssertWorksAsync(host, agent);
    }

    [Fact]
    public async Task Run_PayloadPastTheTasksLimit_FailsTheTaskAndKeepsTheLink()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var result = host.RunAsync("db-1", GatewayHost.Task() with { Limits = new SqlLimits { MaxBytes = 1000 } });
        await agent.TaskAsync();
        await agent.SendBlockAsync("t-1", 0, new byte[LinkProtocol.MaxBlockBytes]);
        await agent.SendBlockAsync("t-1", 1, new byte[1001]);
        Assert.Equal(ProblemCodes.PayloadTooLarge, (await result).Completion.Problem?.Code);
        Assert.Equal("t-1", (await agent.ReceiveAsync<TaskCancel>()).TaskId);
        await agent.SendBlockAsync("t-1", 2, new byte[10]);
        await agent.SendAsync(Done("t-1", 1));
        Assert.Equal(0, host.Budget.Used);
        await AssertWorksAsync(host, agent);
    }

    [Fact]
    public async Task Run_PayloadsPastTheBudgetOfTheGateway_FailWithRetryAfter()
    {
        await using var host = await GatewayHost.StartAsync(o => o.PayloadBudgetBytes = 100_000);
        await using var agent = await host.LinkAsync("db-1");
        var results = new[] { "a", "b" }.Select(id => host.RunAsync("db-1", GatewayHost.Task(id))).ToList();
        await agent.TaskAsync();
        await agent.TaskAsync();
        await agent.SendBlockAsync("a", 0, new byte[60_000]);
        await agent.SendBlockAsync("b", 0, new byte[60_000]);
        var refused = (await results[1]).Completion.Problem!;
        Assert.Equal((ProblemCodes.Unavailable, 2), (refused.Code, refused.RetryAfterSeconds));
        await agent.SendAsync(Done("a", 60_000));
        Assert.Equal(60_000, (await results[0]).Payload.Length);
    }

    [Fact]
    public async Task Run_HundredAndFirst_IsBusy()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        for (var i = 0; i < LinkProtocol.MaxTasks; i++)
        {
            _ = host.RunAsync("db-1", GatewayHost.Task($"t-{i}"));
            await agent.TaskAsync();
        }
        var refused = (await host.RunAsync("db-1", GatewayHost.Task("more"))).Completion.Problem!;
        Assert.Equal((ProblemCodes.AgentBusy, 1), (refused.Code, refused.RetryAfterSeconds));
    }

    [Theory]
    [InlineData("shell", ProblemCodes.AgentLacksCapability)]
    [InlineData("sql", ProblemCodes.PayloadTooLarge)]
    public async Task Run_WhatCannotBeSent_FailsAndKeepsTheLink(string type, string code)
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var task = GatewayHost.Task("big", new string('x', LinkProtocol.MaxTextBytes)) with { Type = type };
        Assert.Equal(code, (await host.RunAsync("db-1", task)).Completion.Problem?.Code);
        await AssertWorksAsync(host, agent);
    }

    [Fact]
    public async Task Run_AgentThatNeverAnswers_IsGivenUpAfterTheLimitAndItsGrace()
    {
        await using var host = await GatewayHost.StartAsync(o => o.TaskGrace = TimeSpan.FromSeconds(5));
        await using var agent = await host.LinkAsync("db-1");
        var timers = host.Time.WaitingTimers;
        var result = host.RunAsync("db-1", GatewayHost.Task() with { Limits = new SqlLimits { TimeoutMs = 5_000 } });
        await agent.TaskAsync();
        await host.Time.UntilTimersWaitAsync(timers + 1);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        var ended = (await result).Completion;
        Assert.Equal((TaskStatuses.Lost, ProblemCodes.TimedOut), (ended.Status, ended.Problem?.Code));
        await agent.ReceiveAsync<TaskCancel>();
    }

    [Fact]
    public async Task Complete_WithBytesMissing_EndsTheLink()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var result = host.RunAsync("db-1", GatewayHost.Task());
        await agent.TaskAsync();
        await agent.SendBlockAsync("t-1", 0, [1]);
        await agent.SendAsync(Done("t-1", 2));
        Assert.Equal(TaskStatuses.Lost, (await result).Completion.Status);
        Assert.Equal(ProblemCodes.FrameOutOfOrder, (await agent.ClosedAsync()).Code);
    }

    [Fact]
    public async Task Complete_WithABlockMissing_EndsTheLink()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("db-1");
        var result = host.RunAsync("db-1", GatewayHost.Task());
        await agent.TaskAsync();
        await agent.SendBlockAsync("t-1", 1, [1]);
        Assert.Equal(TaskStatuses.Lost, (await result).Completion.Status);
        Assert.Equal(ProblemCodes.FrameOutOfOrder, (await agent.ClosedAsync()).Code);
    }

    private static async Task AssertWorksAsync(GatewayHost host, RawAgent agent)
    {
        var result = host.RunAsync("db-1", GatewayHost.Task("after"));
        Assert.Equal("after", (await agent.TaskAsync()).TaskId);
        await agent.SendAsync(Done("after", 0));
        Assert.Equal(TaskStatuses.Success, (await result).Completion.Status);
    }

    private static TaskComplete Done(string id, long bytes) => new() { TaskId = id, Status = TaskStatuses.Success, PayloadBytes = bytes };
}
