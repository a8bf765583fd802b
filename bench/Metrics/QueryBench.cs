using System.Diagnostics;

namespace Outrider.Bench.Metrics;

/// <summary>Thirty days of ten agents in both stores, then the queries of a dashboard, one after the other.</summary>
internal static class QueryBench
{
    private const int Agents = 10;
    private const int Series = 10;
    private const int PerBatch = 60;
    private const int Repeats = 400;
    private const int WarmUp = 4_000;
    private const long Hour = 3_600_000;

    public static async Task RunAsync(string folder, int days)
    {
        using var ours = await BenchServer.StartOursAsync(Path.Combine(folder, "ours"));
        using var theirs = await BenchServer.StartVictoriaMetricsAsync(Path.Combine(folder, "theirs"));
        var end = new DateTimeOffset(DateTimeOffset.UtcNow.Date, TimeSpan.Zero).ToUnixTimeMilliseconds() - 7 * Hour;
        var start = end - days * 24 * Hour;
        await FillAsync(ours, theirs, start, end);
        Console.WriteLine($"query: {Agents} agents, {Series} series each, every 10 s for {days} days; median and 99th of {Repeats}, ms");
        foreach (var (name, length, step) in new[]
        {
            ("1 series, 1 h, 10 s", Hour, 10_000L), ("1 series, 24 h, 5 min", 24 * Hour, 300_000), ("1 series, 7 d, 30 min", 168 * Hour, 1_800_000),
            ("1 series, 30 d, 2 h", 720 * Hour, 7_200_000),
        })
        {
            await CompareAsync(name, ours, theirs, "a3", end - length, end, step);
        }
        await CompareAsync("10 agents, 24 h, 5 min", ours, theirs, "a.*", end - 24 * Hour, end, 300_000);
        Table.Write("resident MB at the end", ours.ResidentMegabytes, theirs.ResidentMegabytes, "0", lessIsBetter: true);
        Table.Write("resident MB, peak", ours.PeakMegabytes, theirs.PeakMegabytes, "0", lessIsBetter: true);
        await ours.StopAsync();
        await theirs.StopAsync();
    }

    private static async Task FillAsync(BenchServer ours, BenchServer theirs, long start, long end)
    {
        var data = Enumerable.Range(0, Agents).Select(agent => new MetricData(agent, Series)).ToArray();
        ulong seq = 0;
        for (var time = start; time < end; time += PerBatch * MetricData.Gap)
        {
            seq++;
            var reports = data.Select((one, agent) => (agent, seq, one.Next(time, PerBatch))).ToArray();
            await ours.PostAsync("/write", Reports.AsBatches(reports));
            await ours.PostAsync($"/maintain?now={time + PerBatch * MetricData.Gap}&all=false", []);
            await theirs.PostAsync("/write", Reports.AsLines(reports, data));
        }
        await theirs.GetAsync("/internal/force_flush");
        await theirs.GetAsync("/internal/force_merge");
    }

    private static async Task CompareAsync(string name, BenchServer ours, BenchServer theirs, string agents, long from, long to, long step)
    {
        var our = $"/query_range?metric={MetricData.Gauge}&agents={agents}&from={from}&to={to}&step={step}";
        var window = $"{step / 1000}s";
        var query = Uri.EscapeDataString($"avg_over_time({MetricData.Gauge}{{agent=~\"{agents}\",device=\"d0\"}}[{window}])");
        // Steps of PromQL look back, so its first is one step later. Its cache of results is off: a dashboard moves on.
        var their = $"/api/v1/query_range?query={query}&start={(from + step) / 1000}&end={to / 1000}&step={window}&nocache=1";
        var points = (Ours: Points(await ours.GetAsync(our)), Theirs: Points(await theirs.GetAsync(their)));
        var (mine, yours) = (await TimeAsync(ours, our), await TimeAsync(theirs, their));
        Table.Write($"{name} ({points.Ours}, {points.Theirs} points)", mine.Median, yours.Median, "0.00", lessIsBetter: true);
        Table.Write("  99th", mine.High, yours.High, "0.00", lessIsBetter: true);
        Table.Write("  CPU of the server", mine.Cpu, yours.Cpu, "0.00", lessIsBetter: true);
    }

    private static int Points(string json) => json.Split("\"]").Length - 1;

    private static async Task<(double Median, double High, double Cpu)> TimeAsync(BenchServer server, string path)
    {
        var times = new List<double>();
        var cpu = 0.0;
        for (var i = 0; i < Repeats + WarmUp; i++)
        {
            if (i == WarmUp)
                cpu = server.CpuSeconds;
            var start = Stopwatch.GetTimestamp();
            await server.GetAsync(path);
            if (i >= WarmUp)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        cpu = (server.CpuSeconds - cpu) * 1_000 / Repeats;
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100], cpu);
    }
}
