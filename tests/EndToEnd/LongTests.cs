using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>Load and faults that take minutes: <c>./test --long</c>.</summary>
[Trait("Category", "Long")]
public sealed class LongTests
{
    [Fact]
    public async Task Kill_AgentOrCentre_TwentyTimes_EveryAcknowledgedQueryIsInBothAudits()
    {
        await using var stack = await DemoStack.StartAsync("healthy");
        var outrider = stack.Outrider;
        using var stop = new CancellationTokenSource();
        var stream = new QueryStream(outrider);
        var running = stream.RunAsync(stop.Token);

        for (var round = 0; round < 20; round++)
        {
            await stream.AcknowledgedAsync(stream.Acknowledged + 10 + (round * 7 % 13));
            if (round % 2 == 0)
            {
                await outrider.Agent.KillAsync();
                await outrider.StartAgentAsync();
            }
            else
            {
                await outrider.Centre.KillAsync();
                await outrider.StartCentreAsync();
                await outrider.AgentAnswersAsync();
            }
        }
        await stop.CancelAsync();
        await running;

        await KillTests.AssertRememberedAsync(outrider, stream.Acknowledged);
    }

    [Fact]
    public async Task Load_ThousandAgents_EveryRoundTripSucceeds()
    {
        await using var stack = await DemoStack.StartAsync("healthy");
        var token = await stack.Outrider.SecretAsync("token", "create", "--tenant", "demo", "--pattern", "agent-*");
        await using var load = ChildProcess.Start(Programs.LinkBench,
            ["run", stack.Outrider.Url.ToString(), token, $"{stack.Outrider.Centre.Id}", stack.Outrider.Key]);

        Assert.Equal(0, await load.ExitAsync(TimeSpan.FromMinutes(5)));
        Assert.Contains("1000 agents linked", load.Output);
        Assert.Equal(3, load.Output.Split('\n').Count(line => line.EndsWith(" 0 failed")));
    }
}
