using System.Text.RegularExpressions;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>Centre, agent and a demo StarRocks of one scenario, all real processes.</summary>
internal sealed partial class DemoStack : IAsyncDisposable
{
    private readonly ChildProcess _starRocks;

    private DemoStack(ChildProcess starRocks, OutriderStack outrider) => (_starRocks, Outrider) = (starRocks, outrider);

    public OutriderStack Outrider { get; }

    public static async Task<DemoStack> StartAsync(string scenario)
    {
        var starRocks = ChildProcess.Start(Programs.DemoStarRocks,
            ["--scenario", scenario, "--scenarios", Path.Combine(Programs.Root, "samples", "scenarios"), "--port", "0"]);
        try
        {
            var ready = Port().Match(await starRocks.LineAsync(line => Port().IsMatch(line)));
            return new DemoStack(starRocks, await OutriderStack.StartAsync("127.0.0.1", int.Parse(ready.Groups[1].Value)));
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

    [GeneratedRegex(@"ready port=(\d+)")]
    private static partial Regex Port();
}
