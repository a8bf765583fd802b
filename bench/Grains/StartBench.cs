using System.Diagnostics;
using Outrider.Silo.Embedded;
using Outrider.Storage.Sqlite;

namespace Outrider.Bench.Grains;

/// <summary>From the start of a process to the first durable save of a grain, on a new store.</summary>
internal static class StartBench
{
    public static async Task RunAsync(string program)
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var start = new ProcessStartInfo(program, ["start", $"{Stopwatch.GetTimestamp()}"]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            times.Add(double.Parse(await process.StandardOutput.ReadToEndAsync()));
            await process.WaitForExitAsync();
        }
        Report.Row("process start to first durable save, median of 5", times.Order().ElementAt(2), null, "ms", "");
    }

    public static async Task ChildAsync(long startedAt)
    {
        var folder = Directory.CreateTempSubdirectory("outrider-bench-");
        await using (var database = SqliteDatabase.Open(
            Path.Combine(folder.FullName, "state.db"), SqliteStateStore.Schema, SqliteReminderStore.Schema))
        {
            await using var host = new EmbeddedHost(
                Counter.Registry, new SqliteStateStore(database), new SqliteReminderStore(database), new());
            await host.StartAsync();
            await host.Grains.Get<ICounter>("t/0").SaveAsync(1);
            Console.WriteLine(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        }
        folder.Delete(recursive: true);
    }
}
