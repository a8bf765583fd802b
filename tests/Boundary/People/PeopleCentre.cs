using System.Net;
using System.Net.Http.Json;
using Outrider.Grains.People;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.People;

/// <summary>A centre whose clock stands still, with tenants <c>acme</c> (of an admin <c>ada</c> and a viewer <c>bob</c>) and <c>evil</c> (of <c>mallory</c>).</summary>
public sealed class PeopleCentre : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private PeopleCentre(TestCentre centre, FakeTime time) => (Centre, Time) = (centre, time);

    public TestCentre Centre { get; }

    public FakeTime Time { get; }

    public static async Task<PeopleCentre> StartAsync(Func<StandaloneOptions, StandaloneOptions>? change = null)
    {
        var time = new FakeTime();
        var people = new PeopleCentre(
            await TestCentre.StartAsync(options => (change?.Invoke(options) ?? options) with { Time = time }), time);
        foreach (var tenant in new[] { "acme", "evil" })
            await people.Centre.CreateTenantAsync(tenant);
        await people.CreateAsync("acme", "ada", Role.Admin);
        await people.CreateAsync("acme", "bob", Role.Viewer);
        await people.CreateAsync("evil", "mallory", Role.Admin);
        return people;
    }

    /// <summary>Makes a user with <see cref="Password"/>, by the platform key.</summary>
    /// <param name="tenant">Empty for the platform.</param>
    public async Task CreateAsync(string tenant, string name, Role role, string? identity = null)
    {
        using var response = await Centre.Platform.PostAsJsonAsync(
            TestCentre.Path(tenant.Length == 0 ? "/platform/users" : $"/tenants/{tenant}/users"), new { name, role, identity, password = Password }, TestCentre.Json);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    /// <summary>A browser in which this user has signed in.</summary>
    public async Task<Browser> SignInAsync(string tenant, string name)
    {
        var browser = new Browser(Centre.Url);
        using var response = await browser.PostAsync("/auth/login", new { tenant, name, password = Password });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        browser.Csrf = (await Browser.ReadAsync(response)).GetProperty("csrf_token").GetString();
        return browser;
    }

    /// <summary>The session of this user as a program has it.</summary>
    public async Task<string> TokenAsync(string tenant, string name)
    {
        using var client = Centre.Client(null);
        using var response = await client.PostAsJsonAsync(
            TestCentre.Path("/auth/login"), new { tenant, name, password = Password, token = true }, TestCentre.Json);
        return (await Browser.ReadAsync(response)).GetProperty("token").GetString()!;
    }

    public IUser User(string tenant, string name) => Centre.Grains.Get<IUser>(UserKeys.User(tenant, name));

    public ValueTask DisposeAsync() => Centre.DisposeAsync();
}
