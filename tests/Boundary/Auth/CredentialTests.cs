using System.Net;
using System.Net.Http.Json;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Auth;

public sealed class CredentialTests : IAsyncLifetime
{
    private TestCentre _centre = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync();
        await _centre.CreateTenantAsync("acme");
        _key = await _centre.CreateKeyAsync("acme", Role.Viewer);
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Theory]
    [InlineData("api_key")]
    [InlineData("apikey")]
    [InlineData("token")]
    [InlineData("access_token")]
    [InlineData("key")]
    [InlineData("Api_Key")]
    public async Task Key_InTheAddress_IsRefusedThoughTheHeaderIsGood(string name)
    {
        using var client = _centre.Client(_key);
        var problem = await RefusedAsync(client, $"/agents?{name}={_key}", HttpStatusCode.BadRequest);

        Assert.Contains($"'{name.ToLowerInvariant()}'", problem.Detail);
        Assert.DoesNotContain(_key, problem.Detail);
    }

    [Fact]
    public async Task Key_InTheAddressOfAnOpenPath_IsNobodysBusiness()
    {
        using var client = _centre.Client(null);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health?key=x", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("{key}", null, 200)]
    [InlineData(null, "Bearer {key}", 200)]
    [InlineData(null, "bearer {key}", 200)]
    [InlineData("{key}", "Bearer {key}", 200)]
    [InlineData("{key}", "Bearer other", 400)]
    [InlineData(null, null, 401)]
    [InlineData(null, "{key}", 401)]
    [InlineData(null, "Basic {key}", 401)]
    [InlineData(null, "Bearer ", 401)]
    [InlineData("", null, 401)]
    [InlineData("nonsense", null, 401)]
    [InlineData("ork.acme.x", null, 401)]
    [InlineData("ork.a/b.x.y", null, 401)]
    [InlineData("ort.acme.x.y", null, 401)]
    [InlineData("ora.acme.y", null, 401)]
    [InlineData("orp.wrong", null, 401)]
    public async Task Credential_InHeaders_IsReadOrRefused(string? apiKey, string? authorization, int expected)
    {
        using var client = _centre.Client(null);
        if (apiKey is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-API-Key", apiKey.Replace("{key}", _key));
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization.Replace("{key}", _key));
        using var response = await client.GetAsync(TestCentre.Path("/agents"));

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(expected == 401, response.Headers.Contains("WWW-Authenticate"));
    }

    [Fact]
    public async Task UnknownTenantUnknownIdAndWrongSecret_AnswerTheSame()
    {
        var parts = _key.Split('.');
        var answers = new List<string>();
        foreach (var guess in new[] { $"ork.nobody.{parts[2]}.{parts[3]}", $"ork.acme.000000000000.{parts[3]}", $"ork.acme.{parts[2]}.wrong" })
        {
            using var client = _centre.Client(guess);
            using var response = await client.GetAsync(TestCentre.Path("/agents"));
            answers.Add($"{response.StatusCode} {response.Headers.WwwAuthenticate} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task TenantHeader_OwnTenant_IsFineAndAnotherIsRefused()
    {
        using var client = _centre.Client(_key);
        client.DefaultRequestHeaders.Add("X-Tenant-ID", "acme");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);

        client.DefaultRequestHeaders.Remove("X-Tenant-ID");
        client.DefaultRequestHeaders.Add("X-Tenant-ID", "Acme");
        Assert.Equal(ProblemCodes.TenantMismatch, (await RefusedAsync(client, "/agents", HttpStatusCode.Forbidden)).Code);
    }

    [Fact]
    public async Task Authentication_ComesBeforeTheBody()
    {
        using var client = _centre.Client(null);
        using var body = new StringContent("{nonsense", null, "application/json");
        using var response = await client.PostAsync(TestCentre.Path("/agents/a/sql"), body);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static async Task<ProblemView> RefusedAsync(HttpClient client, string path, HttpStatusCode expected)
    {
        using var response = await client.GetAsync(TestCentre.Path(path));
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<ProblemView>(TestCentre.Json))!;
    }
}
