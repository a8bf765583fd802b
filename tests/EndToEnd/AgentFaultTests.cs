namespace Outrider.Tests.EndToEnd;

/// <summary>What was measured and spooled reaches the store once, however often the agent is killed.</summary>
public sealed class AgentFaultTests
{
    /// <summary>What an agent that is killed may not have spooled yet: a second's readings, and those of the report under way.</summary>
    private const int LostByAKill = 4;

    [Fact]
    public async Task AgentKilledAndBothAtOnce_NoMoreIsMissingThanWasNotSpooledYet()
    {
        await using var stack = await MeasuredStack.StartAsync();
        for (var round = 0; round < 2; round++)
        {
            await stack.Outrider.Agent.KillAsync();
            await stack.Outrider.StartAgentAsync();
            await stack.MeasuredAsync(3);
        }
        await Task.WhenAll(stack.Outrider.Agent.KillAsync(), stack.Outrider.Centre.KillAsync());
        await stack.Outrider.StartCentreAsync();
        await stack.Outrider.StartAgentAsync();
        // What gathers while the centre is away comes from the next boot's spool too.
        await stack.Outrider.Centre.KillAsync();
        await stack.MeasuredAsync(4);
        await stack.Outrider.Agent.KillAsync();
        await stack.Outrider.StartCentreAsync();
        await stack.Outrider.StartAgentAsync();
        await stack.MeasuredAsync(3);
        await stack.StoredAsync();
        await stack.AssertWholeAsync(mayMiss: 4 * LostByAKill);
    }
}
