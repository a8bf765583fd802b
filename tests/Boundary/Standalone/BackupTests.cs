using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone;
using Outrider.Silo.Standalone.Backups;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage.Sqlite;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class BackupTests : IAsyncLifetime
{
    private const string Tenant = "acme";

    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-backup-").FullName;
    private readonly List<string> _keys = [];
    private TestCentre _centre = null!;
    private ulong _batches;

    private string BackupFolder => Path.Combine(_folder, "backup");

    private string Restored => Path.Combine(_folder, "restored");

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync();
        await _centre.CreateTenantAsync(Tenant);
    }

    public async Task DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Backup_WhileTheCentreWrites_IsBothDatabasesAtOneMoment()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await WriteAsync();
                if (_batches == 20)
                    begun.SetResult();
            }
        });
        await begun.Task;
        var acknowledged = (int)Volatile.Read(ref _batches);
        await OkAsync("backup", BackupFolder, "--data", _centre.Data);
        await stop.CancelAsync();
        await writing;
        await OkAsync("restore", BackupFolder, "--data", Restored);

        await using var restored = await TestCentre.StartAsync(options => options with { Data = Restored });
        using var tenant = await restored.Platform.GetFromJsonAsync<JsonDocument>(TestCentre.Path($"/tenants/{Tenant}"));
        var keys = tenant!.RootElement.GetProperty("keys").GetArrayLength();
        var batches = await BatchesAsync(restored);
        Assert.InRange(batches, acknowledged, (int)_batches);
        // Each batch was sent after its key was there, and before the next key was asked for.
        Assert.InRange(keys, batches, batches + 1);
        using var client = restored.Client(_keys[acknowledged - 1]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);
        var store = restored.App.Services.GetRequiredService<IMetricStore>();
        Assert.True((await store.AppendAsync(Tenant, "db-1", Batch((ulong)batches), default)).Value!.Duplicate);
    }

    [Fact]
    public async Task Backup_StoppedCentre_HoldsItsFilesAndTheKeyOnlyIfAskedFor()
    {
        await File.WriteAllTextAsync(Path.Combine(_centre.Data, DataFolder.TenantsFile), "[]");
        await _centre.StopAsync();

        Assert.Contains("--with-key", await OkAsync("backup", BackupFolder, "--data", _centre.Data));
        await OkAsync("backup", BackupFolder + "2", "--with-key", "--data", _centre.Data);

        Assert.Equal([.. DataFolder.Databases, DataFolder.TenantsFile], BackupManifest.Read(BackupFolder).Files.Select(file => file.Name));
        Assert.False(File.Exists(Path.Combine(BackupFolder, DataFolder.PlatformKeyFile)));
        await OkAsync("restore", BackupFolder + "2", "--data", Restored);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(_centre.Data, DataFolder.PlatformKeyFile)),
            await File.ReadAllTextAsync(Path.Combine(Restored, DataFolder.PlatformKeyFile)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Restored, DataFolder.PlatformKeyFile)));
        await _centre.StartAsync();
    }

    [Fact]
    public async Task Backup_FolderThatIsThere_IsRefused()
    {
        Directory.CreateDirectory(BackupFolder);

        Assert.Contains("there already", await FailAsync("backup", BackupFolder, "--data", _centre.Data));
        Assert.Empty(Directory.GetFileSystemEntries(BackupFolder));
        Assert.Contains("outrider.db", await FailAsync("backup", Path.Combine(_folder, "b"), "--data", Path.Combine(_folder, "none")));
    }

    [Fact]
    public async Task Backup_DiskThatTakesNoMore_SaysSoAndLeavesNothing()
    {
        // Files can't grow beyond 16 KB. The runtime makes larger ones in memory unless told not to.
        await using var backup = ChildProcess.Start(
            "bash", ["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" backup \"$1\" --data \"$2\"", Programs.Centre, BackupFolder, _centre.Data],
            new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });

        Assert.Equal(1, await backup.ExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains(BackupFolder, Assert.Single(backup.Output.Split('\n')));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("metrics.db")]
    [InlineData("outrider.db")]
    public async Task Restore_ByteChanged_IsRefusedAndNothingIsRestored(string name)
    {
        await OkAsync("backup", BackupFolder, "--data", _centre.Data);
        Flip(Path.Combine(BackupFolder, name), 5_000);

        Assert.Contains(name, await FailAsync("restore", BackupFolder, "--data", Restored));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Restored), path => Path.GetFileName(path) != "outrider.lock");
    }

    [Theory]
    [InlineData("\"name\": \"metrics.db\"", "\"name\": \"../metrics.db\"", "../metrics.db")]
    [InlineData("\"name\": \"metrics.db\"", "\"name\": \"tenants.json\"", "no metrics.db")]
    [InlineData("\"format\": 1", "\"format\": 2", "format 2")]
    [InlineData("{", "", "manifest.json")]
    public async Task Restore_ManifestThatCantBeFollowed_IsRefused(string text, string other, string said)
    {
        await OkAsync("backup", BackupFolder, "--data", _centre.Data);
        var manifest = Path.Combine(BackupFolder, BackupManifest.FileName);
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace(text, other, StringComparison.Ordinal));

        Assert.Contains(said, await FailAsync("restore", BackupFolder, "--data", Restored));
    }

    [Fact]
    public async Task Restore_FolderInUse_IsRefused()
    {
        await OkAsync("backup", BackupFolder, "--data", _centre.Data);

        Assert.Contains("Another centre uses", await FailAsync("restore", BackupFolder, "--force", "--data", _centre.Data));
    }

    [Fact]
    public async Task Restore_FolderWithData_IsRefusedOrMovedAside()
    {
        await OkAsync("backup", BackupFolder, "--data", _centre.Data);
        var later = await _centre.CreateKeyAsync(Tenant, Role.Viewer);
        await _centre.StopAsync();

        Assert.Contains("--force", await FailAsync("restore", BackupFolder, "--data", _centre.Data));
        Assert.Contains("before-", await OkAsync("restore", BackupFolder, "--force", "--data", _centre.Data));

        Assert.True(File.Exists(Path.Combine(Directory.GetDirectories(_centre.Data, "before-*").Single(), "outrider.db")));
        await _centre.StartAsync();
        using var client = _centre.Client(later);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);
    }

    [Fact]
    public async Task Start_RestoreCutOff_IsRefusedUntilItIsRunAgain()
    {
        await OkAsync("backup", BackupFolder, "--data", _centre.Data);
        Directory.CreateDirectory(Path.Combine(Restored, DataFolder.Restoring));

        var refused = Assert.Throws<CentreException>(() => Centre.Build(new StandaloneOptions { Data = Restored }));
        Assert.Contains("outrider restore", refused.Message);
        await OkAsync("restore", BackupFolder, "--data", Restored);
        await using var built = Centre.Build(new StandaloneOptions { Data = Restored });
    }

    [Fact]
    public async Task Check_WholeThenDamaged_NamesEachFault()
    {
        await WriteAsync();
        await WriteAsync();
        Assert.Contains("Another centre uses", await FailAsync("check", "--data", _centre.Data));
        await _centre.StopAsync();
        Assert.Contains("whole", await OkAsync("check", "--data", _centre.Data));

        await using (var metrics = SqliteDatabase.Open(Path.Combine(_centre.Data, "metrics.db"), SqliteMetricBackend.Schema))
            await metrics.WriteAsync(session => session.Execute("UPDATE metric_journal SET bytes = x'00'"));
        var (status, output, _) = await CentreCommand.RunAsync("check", "--data", _centre.Data);
        Assert.Equal(1, status);
        Assert.Equal(2, output.TrimEnd().Split('\n').Count(line => line.StartsWith("metrics.db: journal entry", StringComparison.Ordinal)));

        await File.WriteAllTextAsync(Path.Combine(_centre.Data, "outrider.db"), "no database");
        (status, output, _) = await CentreCommand.RunAsync("check", "--data", _centre.Data);
        Assert.Equal(1, status);
        Assert.StartsWith("outrider.db: ", output);
        File.Delete(Path.Combine(_centre.Data, "outrider.db"));
        await _centre.StartAsync();
    }

    /// <summary>A key, into one database, and then a batch, into the other.</summary>
    private async Task WriteAsync()
    {
        _keys.Add(await _centre.CreateKeyAsync(Tenant, Role.Viewer, name: $"k{_batches + 1}"));
        var store = _centre.App.Services.GetRequiredService<IMetricStore>();
        Assert.True((await store.AppendAsync(Tenant, "db-1", Batch(_batches + 1), default)).Ok);
        Volatile.Write(ref _batches, _batches + 1);
    }

    private static byte[] Batch(ulong seq) => MetricBatchCodec.Encode(new MetricBatch(
        "boot-1", seq, [new SeriesSamples(new Series("m"), [new Sample(Start + (long)seq, seq)])])).Value!;

    /// <summary>How many batches the store has; of those that were sent it is the first so many.</summary>
    private static async Task<int> BatchesAsync(TestCentre centre)
    {
        var store = centre.App.Services.GetRequiredService<IMetricStore>();
        var series = (await store.FindAsync(Tenant, SeriesSelector.Of("m", "db-1"), 10, default)).Value!;
        var samples = Assert.Single(await store.ReadSamplesAsync(Tenant, series, Start, Start + 100_000, default)).Samples;
        Assert.Equal(Enumerable.Range(1, samples.Count).Select(i => new Sample(Start + i, i)), samples);
        return samples.Count;
    }

    private static long Start { get; } = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeMilliseconds();

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static async Task<string> OkAsync(params string[] arguments)
    {
        var (status, output, error) = await CentreCommand.RunAsync(arguments);
        Assert.True(status == 0, error + output);
        return output;
    }

    private static async Task<string> FailAsync(params string[] arguments)
    {
        var (status, output, error) = await CentreCommand.RunAsync(arguments);
        Assert.Equal(1, status);
        return Assert.Single((error + output).TrimEnd().Split('\n'));
    }
}
