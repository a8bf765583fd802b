using System.Diagnostics;
using Outrider.Silo.Embedded;
using Outrider.Storage.Sqlite;
using Outrider.Testing;
using Outrider.Tests.CrashHost;

namespace Outrider.Tests.Grains.Runtime;

/// <summary>A real process, killed by SIGKILL in the middle of its saves, again and again on the same database.</summary>
public sealed class KilledHostTests
{
    private const int Grains = 8;
    private const int Kills = 6;

    [Fact]
    public async Task Kill_AmidSaves_KeepsEveryAcknowledgedOneWhole()
    {
        var folder = Directory.CreateTempSubdirectory("outrider-test-");
        var path = Path.Combine(folder.FullName, "state.db");
        var acknowledged = new long[Grains];
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Sum();
            // Different points of the batches and of the checkpoints each time.
            await RunUntilKilledAsync(path, acknowledged, afterSaves: Random.Shared.Next(1, 400));
            Assert.True(acknowledged.Sum() > before);
            await CheckAsync(path, acknowledged);
        }
        folder.Delete(recursive: true);
    }

    private static async Task RunUntilKilledAsync(string path, long[] acknowledged, int afterSaves)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "crash-host.dll");
        var start = new ProcessStartInfo("dotnet", [program, path, $"{Grains}"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var read = Task.Run(async () =>
        {
            for (var line = 1; await process.StandardOutput.ReadLineAsync() is { } text; line++)
            {
                // The last line may be cut off by the kill: its save isn't counted as acknowledged.
                if (text.Split(' ') is [var grain, var number] && long.Parse(number) == acknowledged[int.Parse(grain)] + 1)
                    acknowledged[int.Parse(grain)]++;
                if (line == afterSaves)
                    process.Kill();
            }
        });
        await read.WaitAsync(TestTimeouts.Default);
        await process.WaitForExitAsync().WaitAsync(TestTimeouts.Default);
        Assert.Equal(128 + 9, process.ExitCode);
    }

    private static async Task CheckAsync(string path, long[] acknowledged)
    {
        await using var database = SqliteDatabase.Open(path, SqliteStateStore.Schema, SqliteReminderStore.Schema);
        Assert.Equal("ok", await database.ReadAsync(session => session.QueryFirst("PRAGMA integrity_check", row => row.GetString(0))));
        await using var host = new EmbeddedHost(
            Journal.Registry, new SqliteStateStore(database), new SqliteReminderStore(database), new EmbeddedHostOptions());
        await host.StartAsync();
        for (var grain = 0; grain < Grains; grain++)
        {
            var state = await host.Grains.Get<IJournal>($"t/{grain}").ReadAsync();
            Assert.Equal(state.First, state.Last);
            // One more may be durable whose answer the kill has swallowed.
            Assert.InRange(state.First, acknowledged[grain], acknowledged[grain] + 1);
            acknowledged[grain] = state.First;
        }
    }
}
