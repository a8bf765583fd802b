using System.Globalization;
using System.Text.RegularExpressions;

namespace Outrider.Testing.Processes;

/// <summary>The demo StarRocks of one scenario, a real process on a free loopback port. User root, no password.</summary>
public sealed partial class DemoStarRocks : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private DemoStarRocks(ChildProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Returns once it takes logins.</summary>
    /// <param name="scenario">A folder of samples/scenarios, such as <c>disk-full</c>.</param>
    public static async Task<DemoStarRocks> StartAsync(string scenario)
    {
        var process = ChildProcess.Start(Programs.DemoStarRocks,
            ["--scenario", scenario, "--scenarios", Path.Combine(Programs.Root, "samples", "scenarios"), "--port", "0"]);
        try
        {
            var ready = Ready().Match(await process.LineAsync(line => Ready().IsMatch(line)));
            return new DemoStarRocks(process, int.Parse(ready.Groups[1].Value, CultureInfo.InvariantCulture));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"ready port=(\d+)")]
    private static partial Regex Ready();
}
