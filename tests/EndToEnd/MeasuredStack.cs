using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>
/// Centre and agent as real processes, with a relay between them that can be cut. The agent asks a <see cref="NumberedEndpoint"/> each
/// second and reports each second, so that every number that is missing afterwards, or there twice, can be named.
/// </summary>
internal sealed class MeasuredStack : IAsyncDisposable
{
    private readonly DemoStack _demo;
    private readonly NumberedEndpoint _numbers = new();
    private readonly TcpRelay _relay;
    private readonly IPEndPoint _centre;
    private volatile bool _cut;

    private MeasuredStack(DemoStack demo)
    {
        _demo = demo;
        _centre = new IPEndPoint(IPAddress.Loopback, demo.Outrider.Url.Port);
        _relay = TcpRelay.Start(IPAddress.Loopback, () => _cut ? [] : [_centre]);
    }

    public OutriderStack Outrider => _demo.Outrider;

    /// <summary>The last number that was measured.</summary>
    public int Given => _numbers.Given;

    /// <param name="data">As of <see cref="OutriderStack.StartAsync"/>.</param>
    public static async Task<MeasuredStack> StartAsync(string? data = null)
    {
        var stack = new MeasuredStack(await DemoStack.StartAsync("healthy", data));
        try
        {
            await stack.BeginAsync();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Cuts the network between agent and centre, or mends it.</summary>
    public void Cut(bool cut)
    {
        _cut = cut;
        if (cut)
            _relay.Cut(_centre);
    }

    /// <summary>Returns once so many more numbers were measured.</summary>
    public Task MeasuredAsync(int more)
    {
        var goal = Given + more;
        return UntilAsync($"number {goal} is measured", () => Task.FromResult(Given >= goal));
    }

    /// <summary>Returns once the centre has what was measured just now.</summary>
    public Task StoredAsync()
    {
        var goal = Given;
        return UntilAsync($"number {goal} is stored", async () => (await NumbersAsync()) is [.., var last] && last >= goal);
    }

    /// <summary>All numbers that the centre has stored, in the order of their times.</summary>
    public Task<List<int>> NumbersAsync() => ExportAsync(NumberedEndpoint.Metric);

    /// <summary>How often the agent, on a busy machine, got no answer in time: those numbers were given and not measured.</summary>
    public async Task<int> UnansweredAsync() => (await ExportAsync("scrape_up")).Count(up => up == 0);

    /// <summary>Asserts that every number measured so far comes to be stored, and once.</summary>
    /// <param name="mayMiss">How many may be missing.</param>
    public async Task AssertWholeAsync(int mayMiss = 0)
    {
        // The backlog follows the newest, which is there already: whole once it doesn't grow any more.
        var last = Given;
        List<int> stored = [];
        for (var before = -1; stored.Count != before;)
        {
            before = stored.Count;
            await MeasuredAsync(3);
            await StoredAsync();
            stored = [.. (await NumbersAsync()).Where(number => number <= last)];
        }
        Assert.Equal(stored.Distinct().Order(), stored);
        var missing = Enumerable.Range(stored[0], last - stored[0]).Except(stored).ToList();
        var unanswered = await UnansweredAsync();
        Assert.True(missing.Count <= mayMiss + unanswered, $"missing: {string.Join(' ', missing)}; {unanswered} not answered in time");
    }

    public async ValueTask DisposeAsync()
    {
        await _demo.DisposeAsync();
        await _relay.DisposeAsync();
        await _numbers.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        await Outrider.Agent.KillAsync();
        await File.WriteAllTextAsync(
            Path.Combine(Outrider.AgentFolder, "agent.json"), $$"""{"scrape":[{"endpoint":"numbers","url":"{{_numbers.Url}}","interval_seconds":1}]}""");
        Outrider.AgentUrl = new Uri($"http://{_relay.EndPoint}");
        await Outrider.StartAgentAsync();
        using var set = await Outrider.Client.PutAsJsonAsync(new Uri("/api/v1/settings", UriKind.Relative), new { report_seconds = 1 });
        set.EnsureSuccessStatusCode();
        await MeasuredAsync(3);
        await StoredAsync();
    }

    private async Task<List<int>> ExportAsync(string metric)
    {
        var text = await Outrider.Client.GetStringAsync(new Uri($"/api/v1/metrics/export?agent=demo&metric={metric}&period=1h&format=csv", UriKind.Relative));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => (int)double.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture))];
    }

    private Task UntilAsync(string what, Func<Task<bool>> isSo) =>
        Eventually.SoAsync(what, isSo, () => false, () => $"--- centre\n{Outrider.Centre.Output}\n--- agent\n{Outrider.Agent.Output}");
}
