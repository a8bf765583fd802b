using Outrider.Bench.Cluster;

// bench-cluster [calls|load]
Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, "
    + $"load average before: {File.ReadAllText("/proc/loadavg").Trim()}");
Console.WriteLine();
Console.WriteLine("| measure | through the ports | plain Orleans | ratio | plain is |");
Console.WriteLine("|---|---|---|---|---|");
if (args is not ["load"])
    await CallBench.RunAsync();
if (args is not ["calls"])
    await LoadBench.RunAsync();
