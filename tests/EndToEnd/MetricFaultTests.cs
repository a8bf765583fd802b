using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>What was measured reaches the store once, whatever breaks on the way.</summary>
public sealed class MetricFaultTests
{
    /// <summary>What an agent that is killed may not have spooled yet: a second's readings, and those of the report under way.</summary>
    private const int LostByAKill = 4;

    [Fact]
    public async Task CentreKilledAndDownAndTheNetworkCut_NothingIsMissingNorThereTwice()
    {
        await using var stack = await MeasuredStack.StartAsync();
        for (var round = 0; round < 2; round++)
        {
            await stack.Outrider.Centre.KillAsync();
            await stack.MeasuredAsync(4);
            await stack.Outrider.StartCentreAsync();
            await stack.StoredAsync();
        }
        for (var round = 0; round < 2; round++)
        {
            stack.Cut(true);
            await stack.MeasuredAsync(3);
            stack.Cut(false);
            await stack.StoredAsync();
        }
        await AssertWholeAsync(stack, kills: 0);
    }

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
        await AssertWholeAsync(stack, kills: 4);
    }

    [SmallDiskFact]
    public async Task DiskOfBothFull_TheyGoOnAndNothingIsMissingOnceThereIsRoom()
    {
        await using var disk = SmallDisk.Mount(megabytes: 24);
        await using var stack = await MeasuredStack.StartAsync(Path.Combine(disk.Path, "stack"));
        disk.Fill();
        await stack.MeasuredAsync(12);
        Assert.False(stack.Outrider.Centre.HasExited, stack.Outrider.Centre.Output);
        Assert.False(stack.Outrider.Agent.HasExited, stack.Outrider.Agent.Output);
        var stuck = await stack.NumbersAsync();
        Assert.True(stuck[^1] < stack.Given - 3, "The disk wasn't full.");

        disk.Free();
        await stack.StoredAsync();
        await AssertWholeAsync(stack, kills: 0);
    }

    internal static async Task AssertWholeAsync(MeasuredStack stack, int kills)
    {
        // The backlog follows the newest, which is there already: whole once it doesn't grow any more.
        var last = stack.Given;
        List<int> stored = [];
        for (var before = -1; stored.Count != before;)
        {
            before = stored.Count;
            await stack.MeasuredAsync(3);
            await stack.StoredAsync();
            stored = [.. (await stack.NumbersAsync()).Where(number => number <= last)];
        }
        Assert.Equal(stored.Distinct().Order(), stored);
        var missing = Enumerable.Range(stored[0], last - stored[0]).Except(stored).ToList();
        var unanswered = await stack.UnansweredAsync();
        Assert.True(missing.Count <= kills * LostByAKill + unanswered, $"missing: {string.Join(' ', missing)}; {unanswered} not answered in time");
    }
}
