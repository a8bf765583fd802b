using System.Globalization;
using Npgsql;
using Outrider.Silo.Embedded;
using Outrider.Storage.Shared;
using Outrider.Storage.Sqlite;
using Outrider.Tests.CrashHost;

// crash-host metrics <database> <start> <number> …: see Samples. A database of PostgreSQL is given by its connection string.
if (args is ["metrics", var metrics, var start, .. var from])
{
    var first = long.Parse(start, CultureInfo.InvariantCulture);
    ulong[] numbers = [.. from.Select(text => ulong.Parse(text, CultureInfo.InvariantCulture))];
    if (metrics.StartsWith("Host=", StringComparison.Ordinal))
    {
        await using var source = NpgsqlDataSource.Create(metrics);
        await using var backend = new SharedMetricBackend(new SharedDatabase(source, SqlDialect.Postgres, TimeProvider.System));
        await Samples.RunAsync(backend, first, numbers);
    }
    else
    {
        await using var file = SqliteDatabase.Open(metrics, SqliteMetricBackend.Schema);
        await Samples.RunAsync(new SqliteMetricBackend(file), first, numbers);
    }
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
