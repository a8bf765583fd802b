using Outrider.Bench.Cluster;

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, "
    + $"load average before: {File.ReadAllText("/proc/loadavg").Trim()}");
Console.WriteLine();
Console.WriteLine("| measure | through the ports | plain Orleans | ratio | plain is |");
Console.WriteLine("|---|---|---|---|---|");
await CallBench.RunAsync();
