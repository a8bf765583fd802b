namespace Outrider.Tests.EndToEnd;

/// <summary>What was measured reaches the store once, whatever becomes of the centre and of the network before it.</summary>
public sealed class CentreFaultTests
{
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
        await stack.AssertWholeAsync();
    }
}
