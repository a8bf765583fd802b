using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>Centre, agent and a demo StarRocks of one scenario, all real processes.</summary>
internal sealed class DemoStack : IAsyncDisposable
{
    private readonly DemoStarRocks _starRocks;

    private DemoStack(DemoStarRocks starRocks, OutriderStack outrider) => (_starRocks, Outrider) = (starRocks, outrider);

    public OutriderStack Outrider { get; }

    public static async Task<DemoStack> StartAsync(string scenario, string? data = null)
    {
        var starRocks = await DemoStarRocks.StartAsync(scenario);
        try
        {
            return new DemoStack(starRocks, await OutriderStack.StartAsync("127.0.0.1", starRocks.Port, data: data));
        }
        catch
        {
            await starRocks.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Outrider.DisposeAsync();
        await _starRocks.DisposeAsync();
    }
}
