using System.CommandLine;
using Outrider.Silo.Hosting.Commands;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage;
using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;

namespace Outrider.Silo.Standalone.Commands;

/// <summary><c>outrider check</c></summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Reads everything a centre that doesn't run keeps, and prints what is damaged, a line each.");
        command.SetAction(CentreProgram.Handle(async (parsed, cancellation) =>
        {
            var options = OutriderProgram.Options(parsed);
            DataFolder.RequireDatabases(options.Data);
            using var folder = DataFolder.Open(options.Data);
            var faults = DataFolder.Databases.SelectMany(
                name => SqliteIntegrity.Check(Path.Combine(folder.Path, name)).Select(fault => $"{name}: {fault}")).ToList();
            // Of a damaged file this says no more that helps.
            if (faults.Count == 0)
                faults.AddRange(await CheckMetricsAsync(folder.Metrics, options.Time, cancellation));
            var output = parsed.InvocationConfiguration.Output;
            foreach (var fault in faults.DefaultIfEmpty("Everything is whole."))
                await output.WriteLineAsync(fault);
            return faults.Count == 0 ? 0 : 1;
        }));
        return command;
    }

    private static async Task<List<string>> CheckMetricsAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await using var database = SqliteDatabase.Open(path, SqliteMetricBackend.Schema);
            await using var store = await MetricStore.OpenAsync(
                new SqliteMetricBackend(database), time, new MetricStoreOptions { Interval = null }, cancellation);
            return [.. (await store.CheckAsync(cancellation)).Select(fault => $"{Path.GetFileName(path)}: {fault}")];
        }
        catch (StorageException e)
        {
            return [$"{Path.GetFileName(path)}: {e.Message}"];
        }
    }
}
