using System.Diagnostics;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Testing;
using Outrider.Tests.CrashHost;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>A real process killed by SIGKILL while it stores, folds, compacts and rolls up, again and again on the same rows.</summary>
public abstract class KilledMetricStoreConformance
{
    private const int Agents = 4;
    private const int Kills = 6;

    [Fact]
    public async Task Kill_AmidAppendsAndMaintenance_KeepsEachAcknowledgedBatchOnce()
    {
        // Far enough back that windows end, and days too; no retention is near.
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 20 * 3_600_000L;
        var acknowledged = new ulong[Agents];
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Aggregate((a, b) => a + b);
            await RunUntilKilledAsync(start, acknowledged, afterLines: Random.Shared.Next(50, 1_500));
            Assert.True(acknowledged.Aggregate((a, b) => a + b) > before);
            await CheckAsync(start, acknowledged);
        }
    }

    /// <summary>As crash-host takes it.</summary>
    protected abstract string Database { get; }

    /// <summary>Opens what the killed process left.</summary>
    protected abstract Task<OpenedMetrics> OpenAsync();

    private async Task RunUntilKilledAsync(long start, ulong[] acknowledged, int afterLines)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "crash-host.dll");
        string[] arguments = [program, "metrics", Database, $"{start}", .. acknowledged.Select(number => $"{number + 1}")];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var faults = new List<string>();
        var read = Task.Run(async () =>
        {
            for (var line = 1; await process.StandardOutput.ReadLineAsync() is { } text; line++)
            {
                if (text.StartsWith("fault", StringComparison.Ordinal))
                    faults.Add(text);
                // The last line may be cut off by the kill: its batch isn't counted as acknowledged.
                else if (text.Split(' ') is [var agent, var number] && ulong.Parse(number) == acknowledged[int.Parse(agent)] + 1)
                    acknowledged[int.Parse(agent)]++;
                if (line == afterLines)
                    process.Kill();
            }
        });
        await read.WaitAsync(TestTimeouts.Default);
        await process.WaitForExitAsync().WaitAsync(TestTimeouts.Default);
        Assert.Empty(faults);
        Assert.Equal(128 + 9, process.ExitCode);
    }

    private async Task CheckAsync(long start, ulong[] acknowledged)
    {
        await using var opened = await OpenAsync();
        await using var store = await MetricStore.OpenAsync(opened.Backend, TimeProvider.System, new MetricStoreOptions { Interval = null });
        for (var agent = 0; agent < Agents; agent++)
        {
            // One more may be durable whose answer the kill has swallowed: sent again, it is known.
            var next = await store.AppendAsync(
                Samples.Tenant, $"a{agent}", MetricBatchCodec.Encode(Samples.Batch(start, acknowledged[agent] + 1)).Value, default);
            Assert.NotNull(next.Value);
            acknowledged[agent]++;
            for (var series = 0; series < Samples.Series; series++)
            {
                var one = Assert.Single((await store.FindAsync(Samples.Tenant, SeriesSelector.Of($"m{series}", $"a{agent}"), 9, default)).Value!);
                var read = Assert.Single(await store.ReadSamplesAsync(Samples.Tenant, [one], 0, long.MaxValue, default)).Samples;
                var expected = Enumerable.Range(1, (int)acknowledged[agent])
                    .Select(seq => new Sample(start + seq * Samples.Gap, Samples.Value((ulong)seq, series)));
                Assert.Equal(expected, read);
            }
        }
        Assert.Empty(await store.CheckAsync(default));
        // Goes on where the other was stopped.
        await store.MaintainAsync(all: true);
        Assert.Null(store.Fault);
    }
}
