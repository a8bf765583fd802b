using System.Text.Json;
using Microsoft.Playwright;

namespace Outrider.Bench.Dashboard;

/// <summary>What the first load of a page brings over the wire, and when it can be used.</summary>
internal static class FirstLoad
{
    // What kept the page from answering while it loaded: tasks above 50 ms, the part above it (web.dev, Total Blocking Time).
    private const string Watch = """
        window.blocked = 0;
        new PerformanceObserver(list => list.getEntries().forEach(task => window.blocked += task.duration - 50)).observe({ type: 'longtask', buffered: true });
        """;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Browser browser, string name, Uri url, string? state, string content, int runs)
    {
        var readings = new List<(double Files, double Data, double Usable, double Blocked, int Requests)>();
        for (var run = 0; run < runs; run++)
        {
            try
            {
                readings.Add(await ReadAsync(browser, url, state, content));
            }
            catch (TimeoutException)
            {
                Console.WriteLine($"{name}: nothing to see after {s_longest.TotalSeconds:0} s");
            }
        }
        if (readings.Count == 0)
            return;
        Console.WriteLine($"{name}, {readings.Count} runs: files {Median(one => one.Files):0} KB in {Median(one => one.Requests):0} requests, data {Median(one => one.Data):0} KB, "
            + $"content after {Median(one => one.Usable):0} ms ({readings.Min(one => one.Usable):0} to {readings.Max(one => one.Usable):0}), "
            + $"blocked {Median(one => one.Blocked):0} ms");

        double Median(Func<(double Files, double Data, double Usable, double Blocked, int Requests), double> value) => readings.Select(value).Order().ElementAt(readings.Count / 2);
    }

    private static async Task<(double, double, double, double, int)> ReadAsync(Browser browser, Uri url, string? state, string content)
    {
        await using var context = await browser.FreshAsync(state);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Watch);
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        var (files, data, requests) = (0.0, 0.0, 0);
        var kinds = new Dictionary<string, string>();
        session.Event("Network.responseReceived").OnEvent += (_, e) =>
            kinds[e!.Value.GetProperty("requestId").GetString()!] = e.Value.GetProperty("type").GetString()!;
        session.Event("Network.loadingFinished").OnEvent += (_, e) => Count(e!.Value);
        await page.GotoAsync(url.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(content).First.WaitForAsync(new() { State = WaitForSelectorState.Visible, Timeout = (float)s_longest.TotalMilliseconds });
        var usable = await page.EvaluateAsync<double>("performance.now()");
        await page.WaitForLoadStateAsync(LoadState.Load);
        return (files, data, usable, await page.EvaluateAsync<double>("window.blocked"), requests);

        void Count(JsonElement e)
        {
            requests++;
            var bytes = e.GetProperty("encodedDataLength").GetDouble() / 1000;
            if (kinds.GetValueOrDefault(e.GetProperty("requestId").GetString()!) is "Fetch" or "XHR")
                data += bytes;
            else
                files += bytes;
        }
    }
}
