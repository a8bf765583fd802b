using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;

namespace Outrider.Bench.Link;

/// <summary>Puts agents on a centre and reports what that costs it.</summary>
internal sealed class LinkLoad(int centrePid, int agents, TimeSpan idle)
{
    private const int Dialling = 64;

    /// <summary>Memory and CPU with every agent linked and idle, then task round trips over REST.</summary>
    public async Task<double> RunAsync(Uri url, string token, string? key)
    {
        using var centre = Process.GetProcessById(centrePid);
        var before = Memory(centre);
        var links = Enumerable.Range(0, agents).Select(_ => new SimulatedAgent()).ToList();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, agents), new ParallelOptions { MaxDegreeOfParallelism = Dialling },
            async (i, _) => await links[i].LinkAsync(url, $"agent-{i}", token));
        Console.WriteLine($"{agents} agents linked in {clock.Elapsed.TotalSeconds:0.00} s ({agents / clock.Elapsed.TotalSeconds:0} per second)");
        await using var heart = new Timer(_ => links.ForEach(l => _ = l.BeatAsync()), null, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        var cpu = await IdleAsync(centre);
        var perLink = (Memory(centre) - before) / agents;
        Console.WriteLine($"centre: {Memory(centre) / 1e6:0.0} MB resident, {perLink / 1e3:0.0} kB per link over {before / 1e6:0.0} MB, {cpu:0.00} % of one core idle");
        foreach (var callers in new[] { 1, 8, 64 })
            await QueryAsync(centre, url, key, callers);
        links.ForEach(l => l.Dispose());
        return perLink;
    }

    /// <summary>The same number of idle sockets on the peer.</summary>
    public async Task<double> RunPeerAsync(Uri url)
    {
        using var peer = Process.GetProcessById(centrePid);
        var before = Memory(peer);
        var sockets = Enumerable.Range(0, agents).Select(_ => new ClientWebSocket()).ToList();
        await Parallel.ForEachAsync(sockets, new ParallelOptions { MaxDegreeOfParallelism = Dialling },
            async (socket, cancellation) =>
            {
                await socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, cancellation);
                await socket.SendAsync(new byte[100], WebSocketMessageType.Text, true, cancellation);
                await socket.ReceiveAsync(new byte[100], cancellation);
            });
        var cpu = await IdleAsync(peer);
        var perSocket = (Memory(peer) - before) / agents;
        Console.WriteLine($"peer: {Memory(peer) / 1e6:0.0} MB resident, {perSocket / 1e3:0.0} kB per socket over {before / 1e6:0.0} MB, {cpu:0.00} % of one core idle");
        sockets.ForEach(s => s.Dispose());
        return perSocket;
    }

    private async Task<double> IdleAsync(Process process)
    {
        process.Refresh();
        var start = process.TotalProcessorTime;
        await Task.Delay(idle);
        process.Refresh();
        return (process.TotalProcessorTime - start) / idle * 100;
    }

    private async Task QueryAsync(Process centre, Uri url, string? key, int callers)
    {
        using var client = new HttpClient { BaseAddress = url };
        if (key is not null)
            client.DefaultRequestHeaders.Add("X-API-Key", key);
        var (count, failed) = (0, 0);
        centre.Refresh();
        var cpu = centre.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async c =>
        {
            for (var i = c; clock.Elapsed < TimeSpan.FromSeconds(5); i += callers)
            {
                using var answer = await client.PostAsJsonAsync(new Uri($"/api/v1/agents/agent-{i % agents}/sql", UriKind.Relative), new { sql = "SELECT 1" });
                Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref count : ref failed);
            }
        }));
        centre.Refresh();
        Console.WriteLine($"{callers,2} callers: {count / clock.Elapsed.TotalSeconds:0} round trips per second, "
            + $"{(centre.TotalProcessorTime - cpu).TotalMicroseconds / Math.Max(1, count):0} µs of the centre's CPU each, {failed} failed");
    }

    private static double Memory(Process process)
    {
        process.Refresh();
        return process.WorkingSet64;
    }
}
