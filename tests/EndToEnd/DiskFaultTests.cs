using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>What was measured while no disk had room reaches the store once there is some.</summary>
public sealed class DiskFaultTests
{
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
        await stack.AssertWholeAsync();
    }
}
