using System.Diagnostics;
using Outrider.Silo.Embedded;
using Outrider.Storage.InMemory;

namespace Outrider.Bench.Grains;

/// <summary>Calls per second: callers that wait for each answer before the next call.</summary>
internal static class CallBench
{
    private const int Grains = 10_000;
    private const int Rounds = 5;
    private static long s_made;
    private static readonly TimeSpan s_roundLength = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        await using var host = new EmbeddedHost(Counter.Registry, new InMemoryStateStore(), new InMemoryReminderStore(), new());
        await host.StartAsync();
        var grains = Enumerable.Range(0, Grains).Select(i => host.Grains.Get<ICounter>($"t/{i}")).ToArray();
        var actors = Enumerable.Range(0, Grains).Select(_ => new ChannelActor()).ToArray();
        foreach (var grain in grains)
            await grain.AddAsync(1);

        foreach (var callers in (int[])[1, 64])
        {
            var (own, peer) = await CompareAsync(callers, (_, _) => grains[0].AddAsync(1), (_, _) => actors[0].AddAsync(1));
            Report.Row($"calls/s to one grain, {callers} callers", own, peer, "/s", "channel and loop");
        }
        foreach (var callers in (int[])[64, 1_000])
        {
            var (own, peer) = await CompareAsync(
                callers, (caller, i) => grains[Next(caller, i)].AddAsync(1), (caller, i) => actors[Next(caller, i)].AddAsync(1));
            Report.Row($"calls/s over {Grains:N0} grains, {callers} callers", own, peer, "/s", "channel and loop each");
        }
        var (pipelined, peerPipelined) = await CompareAsync(
            64, (caller, i) => BurstAsync(grains, caller, i), (caller, i) => BurstAsync(actors, caller, i), callsEach: 100);
        Report.Row($"calls/s over {Grains:N0} grains, 64 callers with 100 calls open each", pipelined, peerPipelined, "/s", "channel and loop each");
        var answered = 0L;
        foreach (var grain in grains)
            answered += await grain.AddAsync(0);
        if (answered != s_made + Grains)
            throw new InvalidOperationException($"{s_made + Grains} calls were answered and {answered} have run.");
        foreach (var actor in actors)
            actor.Stop();
    }

    private static int Next(int caller, int i) => (int)((uint)(caller * 7_919 + i * 31) % Grains);

    private static async ValueTask<long> BurstAsync(ICounter[] grains, int caller, int i)
    {
        var calls = new Task<long>[100];
        for (var n = 0; n < calls.Length; n++)
            calls[n] = grains[Next(caller, 100 * i + n)].AddAsync(1).AsTask();
        foreach (var call in calls)
            await call;
        return 0;
    }

    private static async ValueTask<long> BurstAsync(ChannelActor[] actors, int caller, int i)
    {
        var calls = new Task<long>[100];
        for (var n = 0; n < calls.Length; n++)
            calls[n] = actors[Next(caller, 100 * i + n)].AddAsync(1).AsTask();
        foreach (var call in calls)
            await call;
        return 0;
    }

    /// <summary>The median round of each, taken in turns so that what else the machine does hits both.</summary>
    private static async Task<(double Own, double Peer)> CompareAsync(
        int callers, Func<int, int, ValueTask<long>> own, Func<int, int, ValueTask<long>> peer, int callsEach = 1)
    {
        var rounds = new List<(double Own, double Peer)>();
        for (var round = 0; round < Rounds; round++)
        {
            var (ownRate, made) = await RateAsync(callers, own);
            s_made += made * callsEach;
            rounds.Add((ownRate * callsEach, (await RateAsync(callers, peer)).PerSecond * callsEach));
        }
        return (Median(rounds.Select(r => r.Own)), Median(rounds.Select(r => r.Peer)));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static async Task<(double PerSecond, long Count)> RateAsync(int callers, Func<int, int, ValueTask<long>> call)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            while (watch.Elapsed < s_roundLength)
            {
                for (var i = 0; i < 20; i++)
                    await call(caller, count++);
            }
            return count;
        })));
        var total = counts.Sum(count => (long)count);
        return (total / watch.Elapsed.TotalSeconds, total);
    }
}
