namespace Outrider.Bench.Metrics;

/// <summary>Hours of reports of many agents into both stores: CPU, memory, and what they take on disk when all is merged.</summary>
internal static class IngestBench
{
    private const int Series = 200;
    private const int Rounds = 30;

    public static async Task RunAsync(string folder, int agents, int hours, int reportsPerRequest)
    {
        using var ours = await BenchServer.StartOursAsync(Path.Combine(folder, "ours"));
        using var theirs = await BenchServer.StartVictoriaMetricsAsync(Path.Combine(folder, "theirs"));
        var start = DateTimeOffset.UtcNow.Date.AddDays(-2);
        var time = new DateTimeOffset(start, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var data = Enumerable.Range(0, agents).Select(agent => new MetricData(agent, Series)).ToArray();
        double ourCpu = ours.CpuSeconds, theirCpu = theirs.CpuSeconds;
        var rounds = hours * 3_600_000L / MetricData.Gap;
        for (ulong seq = 1; seq <= (ulong)rounds;)
        {
            // Some rounds are made beforehand, so that making them isn't in between.
            var piece = Enumerable.Range(0, Rounds).Select(i =>
            {
                var round = seq + (ulong)i;
                var at = time + (long)round * MetricData.Gap;
                var reports = data.Select((one, agent) => (agent, round, one.Next(at, 1))).ToArray();
                var requests = reports.Chunk(reportsPerRequest).ToArray();
                return (At: at, Ours: requests.Select(Reports.AsBatches).ToArray(),
                    Theirs: requests.Select(request => Reports.AsLines(request, data)).ToArray());
            }).ToArray();
            seq += Rounds;
            foreach (var round in piece)
                await Task.WhenAll(round.Ours.Select(body => ours.PostAsync("/write", body)));
            await ours.PostAsync($"/maintain?now={piece[^1].At}&all=false", []);
            foreach (var round in piece)
                await Task.WhenAll(round.Theirs.Select(body => theirs.PostAsync("/write", body)));
        }
        double ourMemory = ours.ResidentMegabytes, theirMemory = theirs.ResidentMegabytes;
        await ours.PostAsync($"/maintain?now={time + hours * 3_600_000L + 2 * 3_600_000L}&all=true", []);
        await theirs.GetAsync("/internal/force_flush");
        await theirs.GetAsync("/internal/force_merge");
        await WaitForMergeAsync(theirs);
        ourCpu = ours.CpuSeconds - ourCpu;
        theirCpu = theirs.CpuSeconds - theirCpu;
        var samples = (double)rounds * agents * Series;
        var sizes = (await ours.GetAsync("/sizes")).Split(' ').Select(double.Parse).ToArray();
        await ours.StopAsync();
        var theirSize = await theirs.StopAsync();
        Console.WriteLine($"ingest: {samples / 1e6:0.0} M samples of {agents} agents, {Series} series each, {reportsPerRequest} reports a request");
        Table.Write("samples a CPU second", samples / ourCpu, samples / theirCpu, "0");
        Table.Write("  CPU seconds, merging included", ourCpu, theirCpu, "0.0", lessIsBetter: true);
        Table.Write("resident MB at the end", ourMemory, theirMemory, "0", lessIsBetter: true);
        Table.Write("bytes a sample: raw chunks alone", sizes[1] / samples, theirSize / samples, "0.000", lessIsBetter: true);
        Table.Write("  with index and pages: the file", sizes[0] / samples, theirSize / samples, "0.000", lessIsBetter: true);
    }

    /// <summary>Until its CPU stands still for two seconds.</summary>
    private static async Task WaitForMergeAsync(BenchServer server)
    {
        for (var before = -1.0; server.CpuSeconds - before > 0.05;)
        {
            before = server.CpuSeconds;
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }
}
