using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Outrider.Api.Health;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Hosting.TenantsFile;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class TenantsFileTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-tenants-").FullName;
    private TestCentre _centre = null!;

    private string FilePath => Path.Combine(_folder, "tenants.json");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(FilePath, OneTenant("Acme", enabled: true));
        _centre = await TestCentre.StartAsync(options => options with { TenantsFile = FilePath });
    }

    public async Task DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Start_WithAFile_HasImportedItWhenReady() => Assert.Equal("Acme", (await AcmeAsync()).Name);

    [Fact]
    public async Task Change_OfTheFile_ReachesTheTenantByItself()
    {
        using var results = new Results(_centre);
        await File.WriteAllTextAsync(FilePath, OneTenant("Acme 2", enabled: false));
        await results.UntilAsync("imported");

        Assert.Equal(("Acme 2", false), ((await AcmeAsync()).Name, (await AcmeAsync()).Enabled));
    }

    [Fact]
    public async Task BadFile_KeepsTheLastGoodStateAndSaysWhy_UntilItIsMended()
    {
        using var results = new Results(_centre);
        var key = await _centre.CreateKeyAsync("acme", Role.Viewer);
        await File.WriteAllTextAsync(FilePath, """{"tenants": {"acme": {"enabled": false, """);
        await results.UntilAsync("bad");

        Assert.True((await AcmeAsync()).Enabled);
        using var client = _centre.Client(key);
        Assert.True((await client.GetAsync(TestCentre.Path("/agents"))).IsSuccessStatusCode);
        var ready = (await client.GetFromJsonAsync<ReadinessView>(new Uri("/health/ready", UriKind.Relative), TestCentre.Json))!;
        var check = ready.Checks.Single(check => check.Name == "tenants_file");
        Assert.Equal(("ready", ReadinessStatus.Warning), (ready.Status, check.Status));
        Assert.Contains("line 1", check.Detail);
        Assert.Contains("1 tenants imported", check.Detail);
        Assert.Contains("outrider_tenants_file_bad 1\n", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));

        await File.WriteAllTextAsync(FilePath, OneTenant("Mended", enabled: true));
        await results.UntilAsync("imported");
        Assert.Equal("Mended", (await AcmeAsync()).Name);
    }

    [Fact]
    public async Task FileTakenAway_OrTenantTakenOut_LeavesTheTenantAsItIs()
    {
        using var results = new Results(_centre);
        await File.WriteAllTextAsync(FilePath, """{"tenants": {"beta": {"name": "Beta"}}}""");
        await results.UntilAsync("imported");
        Assert.True((await AcmeAsync()).Enabled);

        File.Delete(FilePath);
        await results.UntilAsync("gone");
        Assert.True((await AcmeAsync()).Enabled);
        Assert.Equal(["acme", "beta"], await _centre.Grains.Get<ITenantDirectory>(ITenantDirectory.TheOne).ListAsync());
    }

    [Fact]
    public async Task Import_TenantWithKeysAndQuotas_KeepsThem()
    {
        using var results = new Results(_centre);
        var key = await _centre.CreateKeyAsync("acme", Role.Viewer);
        await _centre.Grains.Get<ITenant>("acme").UpdateAsync(new TenantUpdate { Quotas = new TenantQuotas { Agents = 7 } });
        await File.WriteAllTextAsync(FilePath, OneTenant("Renamed", enabled: true));
        await results.UntilAsync("imported");

        var acme = await AcmeAsync();
        Assert.Equal(("Renamed", 7, key.Split('.')[2]), (acme.Name, acme.Quotas.Agents, acme.Keys.Single().Id));
    }

    [Fact]
    public async Task Token_OfTheFile_IsShownNowhere()
    {
        var database = await File.ReadAllBytesAsync(Path.Combine(_centre.Data, "outrider.db-wal"));

        Assert.DoesNotContain("s3cret", System.Text.Encoding.Latin1.GetString(database));
        Assert.DoesNotContain("s3cret", await _centre.Platform.GetStringAsync(TestCentre.Path("/tenants/acme")));
    }

    [Fact]
    public async Task Watch_FolderTheSystemCannotWatch_LooksEveryFewSeconds()
    {
        var time = new FakeTime();
        var late = Path.Combine(_folder, "later", "tenants.json");
        using var results = new Results(_centre);
        var import = new TenantsFileImport(
            late, _centre.Grains, time, _centre.App.Services.GetRequiredService<IMeterFactory>(), NullLogger<TenantsFileImport>.Instance);
        using var watch = new TenantsFileWatch(import, time, NullLogger<TenantsFileWatch>.Instance);
        await watch.StartAsync(default);
        Assert.Equal(TenantsFileStatus.Absent, import.State.Status);

        Directory.CreateDirectory(Path.GetDirectoryName(late)!);
        await File.WriteAllTextAsync(late, """{"tenants": {"late": {}}}""");
        await time.UntilTimersWaitAsync(1);
        time.Advance(TenantsFileWatch.PollEvery);
        await results.UntilAsync("imported");

        Assert.True((await _centre.Grains.Get<ITenant>("late").GetAsync()).Ok);
        await watch.StopAsync(default);
    }

    private static string OneTenant(string name, bool enabled) =>
        $$$"""
        {"tenants": {"acme": {"name": "{{{name}}}", "agent_url": "http://10.0.0.5:8080", "agent_token": "s3cret",
         "enabled": {{{(enabled ? "true" : "false")}}}}}, "metadata": {}}
        """;

    private async Task<TenantView> AcmeAsync()
    {
        var view = await _centre.Grains.Get<ITenant>("acme").GetAsync();
        return view.Ok ? view.Value : throw new InvalidOperationException(view.Problem.Message);
    }

    /// <summary>Waits for what the centre's own counter of imports says.</summary>
    private sealed class Results : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string> _seen = new();
        private readonly SemaphoreSlim _news = new(0);

        public Results(TestCentre centre)
        {
            var scope = centre.App.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "outrider.tenants_file.imports" && ReferenceEquals(instrument.Meter.Scope, scope))
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                _seen.Enqueue((string)tags[0].Value!);
                _news.Release();
            });
            _listener.Start();
        }

        /// <summary>Returns at the first such result from now on; a file in the middle of being written may be bad before.</summary>
        public async Task UntilAsync(string result)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            string? seen;
            do
                await _news.WaitAsync(timeout.Token);
            while (_seen.TryDequeue(out seen) && seen != result);
        }

        public void Dispose()
        {
            _listener.Dispose();
            _news.Dispose();
        }
    }
}
