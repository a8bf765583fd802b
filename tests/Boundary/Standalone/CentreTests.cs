using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Health;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage.Sqlite;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class CentreTests : IAsyncLifetime
{
    private TestCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await TestCentre.StartAsync();

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public void Build_DataFolderInUse_IsRefusedInWords()
    {
        var refused = Assert.Throws<CentreException>(() => Centre.Build(new StandaloneOptions { Data = _centre.Data }));

        Assert.Contains(_centre.Data, refused.Message);
        Assert.Contains("OUTRIDER_DATA", refused.Message);
    }

    [Fact]
    public async Task Restart_KeepsTenantsKeysAndPlatformKey()
    {
        await _centre.CreateTenantAsync("acme");
        var key = await _centre.CreateKeyAsync("acme", Role.Viewer);
        await _centre.RestartAsync();

        using var client = _centre.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _centre.Platform.GetAsync(TestCentre.Path("/tenants/acme"))).StatusCode);
    }

    [Fact]
    public void PlatformKey_MadeAtTheFirstStart_IsItsOwnersOnly()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_centre.Data, DataFolder.PlatformKeyFile)));
    }

    [Fact]
    public async Task Ready_StoreThatCannotWrite_Is503AndLiveStays200()
    {
        using var client = _centre.Client(null);
        var ready = (await client.GetFromJsonAsync<ReadinessView>(new Uri("/health/ready", UriKind.Relative), TestCentre.Json))!;
        Assert.Equal("ready", ready.Status);
        await _centre.RestartAsync();
        await _centre.App.Services.GetRequiredService<SqliteDatabase>().DisposeAsync();

        using var again = _centre.Client(null);
        using var response = await again.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var unready = (await response.Content.ReadFromJsonAsync<ReadinessView>(TestCentre.Json))!;
        Assert.Equal(ReadinessStatus.Failed, unready.Checks.Single(check => check.Name == "storage").Status);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Tenants_ManyOfThem_ComePageByPage()
    {
        for (var i = 0; i < 5; i++)
            await _centre.CreateTenantAsync($"t{i}");
        var (names, after) = (new List<string>(), "");
        do
        {
            var page = (await _centre.Platform.GetFromJsonAsync<Api.Rest.TenantPage>(TestCentre.Path($"/tenants?limit=2{after}"), TestCentre.Json))!;
            names.AddRange(page.Tenants.Select(tenant => tenant.Id));
            after = page.Next is null ? "" : $"&after={page.Next}";
        }
        while (after.Length > 0);

        Assert.Equal(["t0", "t1", "t2", "t3", "t4"], names);
    }

    [Fact]
    public async Task PlatformsDeeds_StandInItsOwnLogAndTheTenants()
    {
        await _centre.CreateTenantAsync("acme");
        using var admin = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Admin));

        foreach (var client in new[] { admin, _centre.Platform })
        {
            var page = (await client.GetFromJsonAsync<Api.Operations.AuditPage>(TestCentre.Path("/audit"), TestCentre.Json))!;
            Assert.Equal(["key.create", "tenant.create"], page.Entries.Select(entry => entry.Action));
            Assert.All(page.Entries, entry => Assert.Equal(("platform", "ok"), (entry.Actor, entry.Outcome)));
        }
    }
}
