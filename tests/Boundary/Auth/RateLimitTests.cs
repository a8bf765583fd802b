using System.Net;
using System.Net.Http.Json;
using Outrider.Api.Auth;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Auth;

public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private TestCentre _centre = null!;

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync(options => options with
        {
            Time = _time, RateLimits = new RateLimitOptions { RequestsPerSecond = 1, RequestBurst = 10, FailuresPerMinute = 3 },
        });
        await _centre.CreateTenantAsync("acme");
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Request_FasterThanItsKeyMay_IsToldWhenToComeBack()
    {
        using var busy = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer, "busy"));
        using var other = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer, "other"));
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(busy));

        using var refused = await busy.GetAsync(TestCentre.Path("/agents"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        var problem = (await refused.Content.ReadFromJsonAsync<ProblemView>(TestCentre.Json))!;
        Assert.Equal((ProblemCodes.RateLimited, 1), (problem.Code, problem.RetryAfterSeconds));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(busy));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(busy));
    }

    [Fact]
    public async Task FailedAuthentications_TooMany_ShutTheAddressOutForAWhile()
    {
        using var good = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer));
        using var bad = _centre.Client("ork.acme.nobody.nothing");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(bad));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(bad));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(good));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(good));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(bad));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(good));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(TestCentre.Path("/agents"));
        return response.StatusCode;
    }
}
