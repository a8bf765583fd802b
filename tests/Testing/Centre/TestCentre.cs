using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Rest;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Testing.Centre;

/// <summary>A whole centre in this process: real Kestrel on a free port, real SQLite in a folder of its own.</summary>
public sealed class TestCentre : IAsyncDisposable
{
    private readonly StandaloneOptions _options;

    private TestCentre(StandaloneOptions options) => _options = options;

    /// <summary>The centre that runs now; another one after <see cref="RestartAsync"/>.</summary>
    public WebApplication App { get; private set; } = null!;

    public Uri Url { get; private set; } = null!;

    public string Data => _options.Data;

    /// <summary>Every tenant, by the platform key.</summary>
    public HttpClient Platform { get; private set; } = null!;

    public IGrains Grains => App.Services.GetRequiredService<IGrains>();

    /// <summary>How REST writes JSON.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    /// <summary>Starts a centre.</summary>
    /// <param name="change">Changes its options; limits are out of the way by default.</param>
    public static async Task<TestCentre> StartAsync(Func<StandaloneOptions, StandaloneOptions>? change = null)
    {
        var options = new StandaloneOptions
        {
            Url = "http://127.0.0.1:0",
            Data = Directory.CreateTempSubdirectory("outrider-test-").FullName,
            LogLevel = LogLevel.None,
            RateLimits = new RateLimitOptions { RequestsPerSecond = 1e6, RequestBurst = 1_000_000, PostsPerSecond = 1e6, FailuresPerMinute = 1_000_000 },
        };
        var centre = new TestCentre(change?.Invoke(options) ?? options);
        await centre.StartAsync();
        return centre;
    }

    /// <summary>Stops the centre in order and starts another one on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A client with this credential; null: without any.</summary>
    public HttpClient Client(string? credential)
    {
        var client = new HttpClient { BaseAddress = Url };
        if (credential is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    /// <summary>Creates a tenant.</summary>
    public async Task CreateTenantAsync(string id, TenantQuotas? quotas = null)
    {
        using var response = await Platform.PostAsJsonAsync(Path("/tenants"), new { id, quotas }, Json);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Issues an API key and returns its whole text.</summary>
    public async Task<string> CreateKeyAsync(string tenant, Role role, string name = "test", DateTimeOffset? expiresAt = null)
    {
        using var response = await Platform.PostAsJsonAsync(Path($"/tenants/{tenant}/keys"), new { name, role, expires_at = expiresAt }, Json);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<IssuedCredential>(Json))!.Secret;
    }

    /// <summary>Issues an enrolment token and returns its whole text.</summary>
    public async Task<string> CreateTokenAsync(string tenant, string pattern = "*", int? maxUses = null)
    {
        using var response = await Platform.PostAsJsonAsync(
            Path($"/tenants/{tenant}/enrolment-tokens"), new { patterns = new[] { pattern }, max_uses = maxUses }, Json);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<IssuedCredential>(Json))!.Secret;
    }

    /// <summary>An address under <c>/api/v1</c>.</summary>
    public static Uri Path(string path) => new(RestApi.Prefix + path, UriKind.Relative);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>Starts again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        App = Silo.Standalone.Centre.Build(_options);
        await App.StartAsync();
        Url = new Uri(App.Urls.Single());
        Platform = Client(_options.PlatformKey ?? (await File.ReadAllTextAsync(System.IO.Path.Combine(Data, DataFolder.PlatformKeyFile))).Trim());
    }

    /// <summary>Stops the centre in order.</summary>
    public async Task StopAsync()
    {
        Platform.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        return options;
    }
}
