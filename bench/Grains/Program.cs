using Outrider.Bench.Grains;

if (args is ["start", var startedAt])
{
    await StartBench.ChildAsync(long.Parse(startedAt));
    return;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, "
    + $"load average before: {File.ReadAllText("/proc/loadavg").Trim()}");
Console.WriteLine();
Console.WriteLine("| measure | embedded host | peer | ratio | peer is |");
Console.WriteLine("|---|---|---|---|---|");
await CallBench.RunAsync();
await SaveBench.RunAsync();
await MemoryBench.RunAsync();
await StartBench.RunAsync(Environment.ProcessPath!);
