using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Outrider.Api.Auth;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;
using Outrider.Testing.Link;
using Outrider.Tests.Boundary.Live;

namespace Outrider.Tests.Boundary.People;

/// <summary>What a browser's session does, and doesn't do for pages that aren't ours.</summary>
public sealed class CookieTests : IAsyncLifetime
{
    private PeopleCentre _people = null!;

    public async Task InitializeAsync() =>
        _people = await PeopleCentre.StartAsync(options => options with { TrustedProxies = [IPAddress.Loopback], McpAllowedOrigins = ["https://friend.example"] });

    public async Task DisposeAsync() => await _people.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    public async Task Change_WithoutTheCsrfToken_IsForbidden(string? token)
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        var csrf = ada.Csrf;
        ada.Csrf = token;

        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Put, "/settings", new { report_seconds = 20 }));
        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Post, "/auth/logout-everywhere"));
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Get, "/settings"));
        ada.Csrf = csrf;
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Put, "/settings", new { report_seconds = 20 }));
    }

    [Fact]
    public async Task Change_WithTheTokenOfAnotherSession_IsForbidden()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var mallory = await _people.SignInAsync("evil", "mallory");
        ada.Csrf = mallory.Csrf;

        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Put, "/settings", new { report_seconds = 20 }));
    }

    [Fact]
    public async Task CsrfToken_OfTheSessionLater_IsTheSame()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        var session = await Browser.ReadAsync(await ada.GetAsync("/auth/session"));

        Assert.Equal(ada.Csrf, session.GetProperty("csrf_token").GetString());
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    [InlineData("cross-site", "{own}")]
    public async Task AnyCall_FromAnotherOrigin_IsForbidden(string? site, string? origin)
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        void From(HttpRequestMessage request)
        {
            request.Headers.Remove("Sec-Fetch-Site");
            request.Headers.Remove("Origin");
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            if (origin is not null)
                request.Headers.Add("Origin", origin.Replace("{own}", ada.Centre.GetLeftPart(UriPartial.Authority)));
        }

        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Get, "/agents", change: From));
        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Put, "/settings", new { report_seconds = 20 }, From));
        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Post, "/auth/login", new { tenant = "acme", name = "ada", password = PeopleCentre.Password }, From));
    }

    [Fact]
    public async Task Header_BesideTheCookie_IsTheOneThatCounts()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        var key = await _people.Centre.CreateKeyAsync("acme", Role.Operator);
        using var response = await ada.GetAsync("/auth/session", request => request.Headers.Add("X-API-Key", key));

        Assert.Equal("api_key", (await Browser.ReadAsync(response)).GetProperty("kind").GetString());
        Assert.Equal((401, ProblemCodes.Unauthenticated), await ada.TryAsync(HttpMethod.Get, "/agents", change: request => request.Headers.Add("X-API-Key", "ork.acme.x.y")));
    }

    [Fact]
    public async Task Cookie_ThatIsNoSession_IsOver()
    {
        using var browser = new Browser(_people.Centre.Url);
        browser.Cookies.Add(browser.Centre, new Cookie(SessionCookie.Name, await _people.Centre.CreateKeyAsync("acme", Role.Admin)));

        Assert.Equal((401, ProblemCodes.SessionOver), await browser.TryAsync(HttpMethod.Get, "/agents"));
    }

    [Fact]
    public async Task Cookie_OverHttps_IsSecure()
    {
        using var browser = new Browser(_people.Centre.Url);
        using var response = await browser.PostAsync(
            "/auth/login", new { tenant = "acme", name = "ada", password = PeopleCentre.Password }, request => request.Headers.Add("X-Forwarded-Proto", "https"));

        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Sessions_ThatAreOver_DontShutTheAddressOut()
    {
        await using var strict = await PeopleCentre.StartAsync(options => options with { RateLimits = options.RateLimits with { FailuresPerMinute = 3 } });
        using var ada = await strict.SignInAsync("acme", "ada");
        await strict.User("acme", "ada").EndSessionsAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal((401, ProblemCodes.SessionOver), await ada.TryAsync(HttpMethod.Get, "/agents"));
        using var again = await strict.SignInAsync("acme", "ada");

        using var guesser = new Browser(strict.Centre.Url);
        for (var i = 0; i < 3; i++)
            Assert.Equal(401, (await guesser.TryAsync(HttpMethod.Post, "/auth/login", new { tenant = "acme", name = $"user{i}", password = "x" })).Status);
        Assert.Equal((429, ProblemCodes.RateLimited), await guesser.TryAsync(HttpMethod.Post, "/auth/login", new { tenant = "acme", name = "bob", password = PeopleCentre.Password }));
    }

    [Fact]
    public async Task LiveFeed_OwnPage_IsProvenByTheCookieUntilTheSessionEnds()
    {
        await using var live = await LiveCentre.StartAsync();
        using var created = await live.Centre.Platform.PostAsJsonAsync(
            TestCentre.Path("/tenants/acme/users"), new { name = "carol", role = "viewer", password = PeopleCentre.Password });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var carol = new Browser(live.Centre.Url);
        using var signedIn = await carol.PostAsync("/auth/login", new { tenant = "acme", name = "carol", password = PeopleCentre.Password });
        carol.Csrf = (await Browser.ReadAsync(signedIn)).GetProperty("csrf_token").GetString();
        await using var viewer = await RawViewer.OpenAsync(live.Centre.Url, options => Connect(options, carol, carol.Centre.GetLeftPart(UriPartial.Authority)));
        await viewer.ReceiveAsync("ready");

        Assert.Equal((204, null), await carol.TryAsync(HttpMethod.Post, "/auth/logout-everywhere"));

        Assert.Equal(ProblemCodes.SessionOver, (await viewer.ReceiveAsync("error")).GetProperty("code").GetString());
        Assert.Null(carol.Session);
    }

    [Fact]
    public async Task LiveFeed_PageOfAnotherOrigin_GetsNothingByTheCookie()
    {
        using var ada = await _people.SignInAsync("acme", "ada");

        var refused = await Assert.ThrowsAsync<WebSocketException>(() =>
            RawViewer.OpenAsync(_people.Centre.Url, options => Connect(options, ada, "https://evil.example")));
        Assert.Contains("403", refused.Message);

        // Whose pages may call has to prove itself all the same.
        await using var friend = await RawViewer.OpenAsync(_people.Centre.Url, options => Connect(options, ada, "https://friend.example"));
        await friend.SendAsync(new { type = "ping" });
        Assert.Equal(ProblemCodes.Unauthenticated, (await friend.ReceiveAsync("error")).GetProperty("code").GetString());
    }

    private static void Connect(ClientWebSocketOptions options, Browser browser, string origin)
    {
        options.SetRequestHeader("Cookie", $"{SessionCookie.Name}={browser.Session}");
        options.SetRequestHeader("Origin", origin);
    }
}
