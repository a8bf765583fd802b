using System.Globalization;
using Outrider.Bench.Sql;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Processes;

// run_sql through centre and agent, beside a direct connection to the same MariaDB in the same run.
// Usage: bench-sql [seconds per measurement, 5]
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
(string Name, string Sql)[] statements =
[
    ("one row", "SELECT version()"),
    ("1 000 rows", "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, ORDINAL_POSITION FROM information_schema.columns LIMIT 1000"),
];

await using var maria = await MariaDbServer.StartAsync();
await using var stack = await OutriderStack.StartAsync("127.0.0.1", maria.Port, "root", MariaDbServer.RootPassword);

Console.WriteLine("| statement | callers | way | queries/s | p50 ms | p99 ms | ratio of queries/s |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var (name, sql) in statements)
{
    foreach (var callers in new[] { 1, 8 })
    {
        var direct = await Measurement.RunAsync(callers, TimeSpan.FromSeconds(seconds), () => DirectCaller.ConnectAsync(maria.Root, sql));
        var through = await Measurement.RunAsync(callers, TimeSpan.FromSeconds(seconds), () => RestCaller.ConnectAsync(stack, sql));
        Console.WriteLine($"| {name} | {callers} | direct | {direct.PerSecond:F0} | {direct.P50:F2} | {direct.P99:F2} | 1 |");
        Console.WriteLine($"| {name} | {callers} | through centre and agent | {through.PerSecond:F0} | {through.P50:F2} | {through.P99:F2} | {through.PerSecond / direct.PerSecond:F3} |");
    }
}
Console.WriteLine();
Console.WriteLine($"resident after the load: centre {ProcessMemory.ResidentMb(stack.Centre.Id)} MB, agent {ProcessMemory.ResidentMb(stack.Agent.Id)} MB (peak {ProcessMemory.PeakMb(stack.Agent.Id)} MB)");
return 0;
