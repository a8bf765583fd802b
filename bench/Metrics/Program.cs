using Outrider.Bench.Metrics;

// bench-metrics               everything: our store and VictoriaMetrics, each in a process of its own, over HTTP on loopback
// bench-metrics ingest        only storing
// bench-metrics query [DAYS]  only queries, over 30 days or so many
// bench-metrics codec         only the chunk codec, in this process
switch (args)
{
    case ["serve", var port, var data]:
        await StoreServer.RunAsync(int.Parse(port), data);
        return;
    case ["codec"]:
        CodecBench.Run();
        return;
}

var folder = Directory.CreateTempSubdirectory("outrider-bench-");
try
{
    if (args is [])
        CodecBench.Run();
    if (args is [] or ["ingest"])
    {
        foreach (var reports in new[] { 1, 50 })
            await IngestBench.RunAsync(folder.CreateSubdirectory($"ingest{reports}").FullName, agents: 100, hours: 4, reports);
    }
    if (args is [] or ["query", ..])
        await QueryBench.RunAsync(folder.CreateSubdirectory("query").FullName, days: args is [_, var days] ? int.Parse(days) : 30);
}
finally
{
    folder.Delete(recursive: true);
}
