using System.Globalization;
using Outrider.Silo.Embedded;
using Outrider.Storage.Sqlite;
using Outrider.Tests.CrashHost;

// crash-host metrics <database> <start> <number> …: see Samples.
if (args is ["metrics", var metrics, var start, .. var from])
{
    await Samples.RunAsync(
        metrics, long.Parse(start, CultureInfo.InvariantCulture), [.. from.Select(text => ulong.Parse(text, CultureInfo.InvariantCulture))]);
    return;
}

// crash-host <database> <grains>: saves in all grains as fast as it can, prints "<grain> <number>" for each acknowledged save, and
// goes on until it is killed.
var grains = int.Parse(args[1], CultureInfo.InvariantCulture);
await using var database = SqliteDatabase.Open(args[0], SqliteStateStore.Schema, SqliteReminderStore.Schema);
await using var host = new EmbeddedHost(
    Journal.Registry, new SqliteStateStore(database), new SqliteReminderStore(database), new EmbeddedHostOptions());
await host.StartAsync();
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var gate = new Lock();

await Task.WhenAll(Enumerable.Range(0, grains).Select(async grain =>
{
    var journal = host.Grains.Get<IJournal>($"t/{grain}");
    while (true)
    {
        var number = await journal.NextAsync();
        lock (gate)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{grain} {number}"));
    }
}));
