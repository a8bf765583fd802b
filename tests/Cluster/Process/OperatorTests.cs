using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.Process;

/// <summary>What operators see of a silo besides the API: the dashboard, metrics and traces.</summary>
[Collection(SiloProcessGroup.Name)]
public sealed class OperatorTests(SiloDatabases databases)
{
    [Fact]
    public async Task Dashboard_OnlyThePlatform_GetsIn()
    {
        await using var stack = await ClusterStack.StartAsync(1, on: databases.MariaDb);
        await stack.CreateTenantAsync("acme");
        var silo = stack.Silos[0];
        var platformKey = stack.Environment["OUTRIDER_PLATFORM_KEY"];
        using var admin = stack.Client(silo, await stack.CreateKeyAsync("acme", Role.Admin));
        using var platform = stack.Client(silo);
        using var browser = new HttpClient { BaseAddress = silo.Url };
        browser.DefaultRequestHeaders.Authorization = Basic("anybody", platformKey);
        using var stranger = new HttpClient { BaseAddress = silo.Url };
        stranger.DefaultRequestHeaders.Authorization = Basic("anybody", platformKey[..^1]);

        foreach (var path in new[] { "/dashboard/", "/dashboard/index.min.js", "/dashboard/DashboardCounters", "/dashboard/version" })
        {
            Assert.Equal(
                (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK),
                (await GetAsync(silo.Client, path), await GetAsync(stranger, path), await GetAsync(admin, path),
                    await GetAsync(platform, path), await GetAsync(browser, path)));
        }
        using var refused = await silo.Client.GetAsync(new Uri("/dashboard/", UriKind.Relative));
        Assert.Equal("Basic", Assert.Single(refused.Headers.WwwAuthenticate).Scheme);
        // Elsewhere a password is no credential: a browser adds it to requests that other pages make.
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(browser, TestCentre.Path("/tenants").ToString()));
    }

    [Fact]
    public async Task Otlp_MetricsAndATrace_ReachTheCollector()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var stack = await ClusterStack.StartAsync(
            1, settings => (settings["OUTRIDER_OTLP_ENDPOINT"], settings["OUTRIDER_OTLP_TRACE_PERCENT"]) = (collector.Url, "100"), databases.MariaDb);
        await stack.CreateTenantAsync("acme");

        // It sends what it has when it ends.
        Assert.Equal(0, await stack.Silos[0].TerminateAsync());

        foreach (var name in new[] { "outrider-silo", "outrider.http", "orleans-", "http.server.request.duration" })
            Assert.Contains(name, collector.Of("metrics"));
        foreach (var name in new[] { "outrider-silo", "Microsoft.AspNetCore", "Microsoft.Orleans", "POST /api/v1/tenants" })
            Assert.Contains(name, collector.Of("traces"));
    }

    private static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }
}
