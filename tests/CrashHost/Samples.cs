using System.Globalization;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics;

namespace Outrider.Tests.CrashHost;

/// <summary>Stores batches of several agents as fast as it can, maintaining the store all the while, and prints those acknowledged.</summary>
public static class Samples
{
    public const string Tenant = "t";

    /// <summary>Three series, a sample every 20 s each: a window of two hours takes 360 batches.</summary>
    public const int Series = 3;

    public const long Gap = 20_000;

    public static MetricBatch Batch(long start, ulong seq) => new(
        "boot", seq,
        [.. Enumerable.Range(0, Series).Select(i => new SeriesSamples(new Series($"m{i}"), [new Sample(start + (long)seq * Gap, Value(seq, i))]))]);

    public static double Value(ulong seq, int series) => seq * 10 + (ulong)series;

    /// <summary>Goes on from the numbers given until it is killed; prints "agent number" for each batch acknowledged.</summary>
    public static async Task RunAsync(IMetricBackend backend, long start, ulong[] from)
    {
        await using var store = await MetricStore.OpenAsync(backend, TimeProvider.System, new MetricStoreOptions { Interval = null });
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var gate = new Lock();
        var maintaining = Task.Run(async () =>
        {
            while (true)
                await store.MaintainAsync(all: true);
        });
        await Task.WhenAll(from.Select(async (first, agent) =>
        {
            for (var seq = first; ; seq++)
            {
                var stored = await store.AppendAsync(Tenant, $"a{agent}", MetricBatchCodec.Encode(Batch(start, seq)).Value, default);
                var line = stored.Ok && store.Fault is null ? $"{agent} {seq}" : $"fault {stored.Problem?.Message} {store.Fault}";
                lock (gate)
                    output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
            }
        }).Append(maintaining));
    }
}
