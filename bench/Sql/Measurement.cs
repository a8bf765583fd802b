using System.Diagnostics;

namespace Outrider.Bench.Sql;

/// <summary>Callers asking in a loop: queries a second, and how long one took.</summary>
internal sealed record Measurement(double PerSecond, double P50, double P99)
{
    /// <summary>Runs for a while, after as long again as warm-up: the compiler settles only then.</summary>
    public static async Task<Measurement> RunAsync(int callers, TimeSpan time, Func<Task<ICaller>> connect)
    {
        await LoopAsync(callers, time, connect);
        var latencies = await LoopAsync(callers, time, connect);
        latencies.Sort();
        return new Measurement(latencies.Count / time.TotalSeconds, latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100]);
    }

    private static async Task<List<double>> LoopAsync(int callers, TimeSpan time, Func<Task<ICaller>> connect)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>();
            await using var caller = await connect();
            for (var total = Stopwatch.StartNew(); total.Elapsed < time;)
            {
                var one = Stopwatch.GetTimestamp();
                await caller.AskAsync();
                latencies.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
            }
            return latencies;
        })));
        return [.. all.SelectMany(latencies => latencies)];
    }
}
