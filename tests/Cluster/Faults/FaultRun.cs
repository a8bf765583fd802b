using System.Globalization;
using System.Text.RegularExpressions;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;
using Xunit.Abstractions;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>A cluster of three supervised silos with agents and callers at work, in which one thing after the other breaks.</summary>
internal sealed partial class FaultRun : IAsyncDisposable
{
    private const int RealAgents = 4;
    private const int SimulatedAgents = 20;

    /// <summary>Without a failure for so long, a fault is over.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(5);

    private readonly List<SimulatedAgent> _simulated = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly ITestOutputHelper _output;
    private LinkBalancer? _balancer;
    private DemoStarRocks? _starRocks;
    private Load? _load;
    private string _key = "";

    private FaultRun(ClusterStack stack, ITestOutputHelper output) => (Stack, _output) = (stack, output);

    public ClusterStack Stack { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static IEnumerable<string> RealNames => Enumerable.Range(0, RealAgents).Select(i => $"real-{i}");

    /// <summary>Returns once every agent is linked and callers are being answered.</summary>
    public static async Task<FaultRun> StartAsync(ITestOutputHelper output, SiloNetwork? network = null)
    {
        var run = new FaultRun(await ClusterStack.CreateAsync(3, network: network), output);
        try
        {
            await run.StartAsync();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Breaks something and returns once all is well again.</summary>
    /// <param name="what">As the table of figures calls it.</param>
    /// <param name="fault">Returns when it has struck.</param>
    /// <param name="survivors">Silos that are to hold all links afterwards; null: all.</param>
    /// <param name="hold">How long the fault lasts, at least.</param>
    /// <param name="heal">Ends it; null: it stays.</param>
    public async Task StrikeAsync(
        string what, Func<Task> fault, IReadOnlyCollection<SiloProcess>? survivors = null, TimeSpan hold = default, Func<Task>? heal = null)
    {
        var struck = Now;
        await fault();
        var back = heal is null || survivors is not null ? await LinkedAsync(survivors ?? Stack.Silos, struck) : (TimeSpan?)null;
        if (struck + hold - Now is { Ticks: > 0 } rest)
            await Task.Delay(rest, TimeProvider.System);
        await (heal is null ? QuietAsync() : Task.CompletedTask);
        var during = new FaultFigures(_load!.Ledger, struck, Now);
        Report(what, during, back);
        if (heal is null)
            return;
        var healed = Now;
        await heal();
        back = await LinkedAsync(Stack.Silos, healed);
        await QuietAsync();
        Report($"{what}: its end", new FaultFigures(_load.Ledger, healed, Now), back);
    }

    /// <summary>Which silo holds the most links.</summary>
    public async Task<SiloProcess> FullestAsync()
    {
        var links = await Task.WhenAll(Stack.Silos.Select(LinksAsync));
        return Stack.Silos[Array.IndexOf(links, links.Max())];
    }

    /// <summary>Stops the load and holds what callers were told against what agents, audits and silos remember.</summary>
    public async Task VerifyAsync()
    {
        await _load!.StopAsync();
        var memory = new Memory(Stack, _key, _load.Ledger, _simulated, RealNames);
        await memory.VerifyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_load is not null)
            await _load.DisposeAsync();
        foreach (var agent in _simulated)
            await agent.DisposeAsync();
        if (_balancer is not null)
            await _balancer.DisposeAsync();
        foreach (var silo in Stack.Silos)
            await File.WriteAllTextAsync(Path.Combine(Programs.Root, "artifacts", $"fault-silo-{silo.Index}.log"), silo.Output);
        await Stack.DisposeAsync();
        if (_starRocks is not null)
            await _starRocks.DisposeAsync();
        _http.Dispose();
    }

    private async Task StartAsync()
    {
        foreach (var silo in Stack.Silos)
            silo.Start(supervised: true);
        await Stack.ReadyAsync();
        _starRocks = await DemoStarRocks.StartAsync("healthy");
        _balancer = new LinkBalancer(Stack.Silos);
        await Stack.CreateTenantAsync("demo");
        _key = await Stack.CreateKeyAsync("demo");
        var token = await Stack.CreateTokenAsync("demo");
        foreach (var name in RealNames)
            Stack.StartAgent(_balancer.Url, name, token, ("127.0.0.1", _starRocks.Port, "root", ""));
        for (var i = 0; i < SimulatedAgents; i++)
            _simulated.Add(new SimulatedAgent(_balancer.Url, $"sim-{i}", token, Path.Combine(Stack.Folder, $"sim-{i}")));
        await LinkedAsync(Stack.Silos, Now);
        _load = new Load(Stack, _key, [.. RealNames, .. _simulated.Select(agent => agent.Name)], [.. RealNames]);
        await Eventually.SoAsync("callers are answered", () => Task.FromResult(_load.Ledger.Of("query").Count > 100 && _load.Ledger.Of("report").Count > 2),
            () => false, () => string.Join('\n', _load.Ledger.Failed.TakeLast(20)));
        await QuietAsync();
    }

    /// <summary>Returns, once these silos hold every agent's link, how long that took.</summary>
    private async Task<TimeSpan> LinkedAsync(IReadOnlyCollection<SiloProcess> silos, DateTimeOffset since)
    {
        await Eventually.SoAsync("every agent is linked",
            async () => (await Task.WhenAll(silos.Select(LinksAsync))).Sum() == RealAgents + SimulatedAgents,
            () => false, () => string.Join("\n---\n", Stack.Silos.Select(silo => silo.Output)));
        return Now - since;
    }

    private Task QuietAsync() => Eventually.SoAsync("callers are answered without a retry",
        () => Task.FromResult(Now - _load!.Ledger.LastFailure > s_quiet),
        () => false, () => string.Join('\n', _load!.Ledger.Failed.TakeLast(20)));

    private async Task<int> LinksAsync(SiloProcess silo)
    {
        try
        {
            var text = await _http.GetStringAsync(new Uri(silo.Url, "/metrics"));
            return Links().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }

    private void Report(string what, FaultFigures figures, TimeSpan? back)
    {
        var line = $"| {what} | {figures} | {(back is { } time ? $"{time.TotalSeconds:0.0} s" : "stayed")} |";
        _output.WriteLine(line);
        File.AppendAllText(Path.Combine(Programs.Root, "artifacts", "fault-figures.md"),
            $"{line}\n{string.Concat(figures.Notes.Select(note => $"    {note}\n"))}");
    }

    [GeneratedRegex(@"^outrider_gateway_links(?:\{[^}]*\})? (\d+)", RegexOptions.Multiline)]
    private static partial Regex Links();
}
