using System.Diagnostics;
using Outrider.Silo.Embedded;
using Outrider.Storage.Sqlite;

namespace Outrider.Bench.Grains;

/// <summary>Durable saves per second, each acknowledged after an fsync.</summary>
internal static class SaveBench
{
    private const int Grains = 1_000;
    private const int Rounds = 5;
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        // Under the working directory: a temporary folder may be a RAM disk, where fsync costs nothing.
        var folder = Directory.CreateDirectory(Path.Combine("artifacts", $"bench-{Environment.ProcessId}"));
        try
        {
            await using var database = SqliteDatabase.Open(
                Path.Combine(folder.FullName, "state.db"), SqliteStateStore.Schema, SqliteReminderStore.Schema);
            await using var host = new EmbeddedHost(
                Counter.Registry, new SqliteStateStore(database), new SqliteReminderStore(database), new());
            await host.StartAsync();
            var grains = Enumerable.Range(0, Grains).Select(i => host.Grains.Get<ICounter>($"t/{i}")).ToArray();
            await Task.WhenAll(grains.Select(grain => grain.SaveAsync(1)));

            await using var peer = SqliteDatabase.Open(Path.Combine(folder.FullName, "peer.db"), SqliteStateStore.Schema);
            var store = new SqliteStateStore(peer);
            string? etag = null;
            var state = new byte[100];
            // The disk's speed changes with what else the machine does: own and peer take turns, and the medians are compared. The
            // first round only brings both write-ahead logs to their full length, after which they are overwritten and not extended.
            var rounds = new List<(double Many, double One, double Peer)>();
            var saved = (long)Grains;
            for (var round = 0; round <= Rounds; round++)
            {
                var many = await RateAsync(Grains, i => grains[i].SaveAsync(1));
                var alone = await RateAsync(1, async _ => etag = await store.WriteAsync("counter", "t/0", state, etag, default)
                    ?? throw new InvalidOperationException("The peer's write was refused."));
                var one = await RateAsync(1, i => grains[i].SaveAsync(1));
                saved += many.Count + one.Count;
                if (round > 0)
                    rounds.Add((many.PerSecond, one.PerSecond, alone.PerSecond));
            }
            await CheckAsync(database, saved);
            var peerRate = Median(rounds.Select(r => r.Peer));
            Report.Row($"durable saves/s, {Grains:N0} grains at once", Median(rounds.Select(r => r.Many)), peerRate, "/s", "one transaction per save");
            Report.Row("durable saves/s, one grain", Median(rounds.Select(r => r.One)), peerRate, "/s", "one transaction per save");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Counts in the file itself what was acknowledged: a fast save that isn't there is none.</summary>
    private static async Task CheckAsync(SqliteDatabase database, long saved)
    {
        var stored = await database.ReadAsync(session => session.QueryFirst(
            "SELECT sum(CAST(state AS TEXT) ->> 'total') FROM grain_state", row => row.GetInt64(0)));
        if (stored != saved)
            throw new InvalidOperationException($"{saved} saves were acknowledged and {stored} are stored.");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static async Task<(long Count, double PerSecond)> RateAsync(int callers, Func<int, Task> save)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            for (; watch.Elapsed < s_length; count++)
                await save(caller);
            return count;
        })));
        return (counts.Sum(), counts.Sum() / watch.Elapsed.TotalSeconds);
    }
}
