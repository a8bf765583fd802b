using System.Globalization;
using System.Text;
using Outrider.Bench.Link;
using Outrider.Protocol.Metrics;

namespace Outrider.Bench.Alerts;

/// <summary>Agents that report every period, each at its own moment of it.</summary>
internal sealed class AlertingFleet(int agents, int metrics, TimeSpan period, Receiver receiver)
{
    /// <summary>One report in so many has a value that must fire.</summary>
    private const double SpikeShare = 0.02;

    private long _reports;

    /// <summary>No value is high for now.</summary>
    public bool Quiet { get; set; } = true;

    public long Reports => Interlocked.Read(ref _reports);

    public static string Name(int agent) => $"fleet-{agent:00000}";

    /// <summary>Over a link each, as Outrider's agents do.</summary>
    public async Task LinkAsync(Uri url, string token, CancellationToken over)
    {
        var links = new SimulatedAgent[agents];
        await Parallel.ForEachAsync(Enumerable.Range(0, agents), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = over }, async (i, _) =>
        {
            links[i] = new SimulatedAgent();
            await links[i].LinkAsync(url, Name(i), token);
        });
        await RunAsync((i, seq, values, time) =>
        {
            var series = values.Select((value, m) => new SeriesSamples(new Series(Spikes.Metric(m)), [new Sample(time, value)])).ToList();
            return links[i].SendBatchAsync(Name(i), seq, MetricBatchCodec.Encode(new MetricBatch(Name(i), seq, series, null)).Value!);
        }, over);
        foreach (var link in links)
            link.Dispose();
    }

    /// <summary>By Prometheus' text format, as a scraper or pusher would.</summary>
    public async Task PushAsync(Uri store, CancellationToken over)
    {
        using var to = new HttpClient { BaseAddress = store };
        await RunAsync((i, _, values, time) => PushAsync(to, i, values, time), over);
    }

    private static async Task PushAsync(HttpClient to, int agent, double[] values, long time)
    {
        var text = new StringBuilder();
        for (var m = 0; m < values.Length; m++)
            text.Append(CultureInfo.InvariantCulture, $"{Spikes.Metric(m)}{{agent=\"{Name(agent)}\"}} {values[m]} {time}\n");
        using var body = new StringContent(text.ToString());
        using var answer = await to.PostAsync(new Uri("/api/v1/import/prometheus", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private Task RunAsync(Func<int, ulong, double[], long, Task> send, CancellationToken over) =>
        Task.WhenAll(Enumerable.Range(0, agents).Select(async i =>
        {
            var spikes = new Spikes(i, metrics, SpikeShare);
            try
            {
                await Task.Delay(period * i / agents, over);
                using var timer = new PeriodicTimer(period);
                ulong seq = 0;
                do
                {
                    var values = spikes.Next(Quiet);
                    if (spikes.High is { } high)
                        receiver.Expect(Name(i), Spikes.Metric(high));
                    await send(i, ++seq, values, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                    Interlocked.Increment(ref _reports);
                }
                while (await timer.WaitForNextTickAsync(over));
            }
            catch (OperationCanceledException)
            {
                // The run is over.
            }
        }));
}
