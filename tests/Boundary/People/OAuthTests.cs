using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;
using Outrider.Testing.OAuth;

namespace Outrider.Tests.Boundary.People;

/// <summary>Sign-in by a provider, from the browser's side.</summary>
public sealed class OAuthTests : IAsyncLifetime
{
    private FakeProvider _provider = null!;
    private TestCentre _centre = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.StartAsync();
        _centre = await TestCentre.StartAsync(options => options with { OAuth = [_provider.Settings] });
        await FillAsync(_centre);
    }

    public async Task DisposeAsync()
    {
        await _centre.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Options_NameTheProvider()
    {
        using var browser = new Browser(_centre.Url);
        var provider = Assert.Single((await Browser.ReadAsync(await browser.GetAsync("/auth/options"))).GetProperty("providers").EnumerateArray());

        Assert.Equal("""{"id":"fake","name":"Fake provider"}""", provider.GetRawText());
    }

    [Fact]
    public async Task SignIn_KnownIdentity_EndsAtThePageAskedForWithASession()
    {
        using var browser = new Browser(_centre.Url);

        Assert.Equal("/agents?status=online", await SignInAsync(browser, "acme", "/agents?status=online"));

        var session = await Browser.ReadAsync(await browser.GetAsync("/auth/session"));
        Assert.Equal(("acme", "ada", "operator"), (Text(session, "tenant"), Text(session, "name"), Text(session, "role")));
        var audit = await Browser.ReadAsync(await _centre.Client(await _centre.CreateKeyAsync("acme", Role.Admin)).GetAsync(TestCentre.Path("/audit?action=session.sign_in")));
        var entry = Assert.Single(audit.GetProperty("entries").EnumerateArray());
        Assert.Equal(("user:ada", "ok", "oauth", "127.0.0.1"), (Text(entry, "actor"), Text(entry, "outcome"), Text(entry, "detail"), Text(entry, "ip")));
    }

    [Theory]
    [InlineData("evil", """{"email":"ada@acme.example"}""")]
    [InlineData("", """{"email":"ada@acme.example"}""")]
    [InlineData("acme", """{"email":"nobody@acme.example"}""")]
    [InlineData("acme", """{"email":"ada@acme.example","email_verified":false}""")]
    [InlineData("acme", """{"sub":"ada@acme.example"}""")]
    [InlineData("acme", """["ada@acme.example"]""")]
    public async Task SignIn_NobodyOfTheTenantHasTheIdentity_IsRefused(string tenant, string user)
    {
        _provider.User = user;
        using var browser = new Browser(_centre.Url);

        Assert.Equal("/sign-in?problem=unauthenticated", await SignInAsync(browser, tenant));
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task SignIn_UserSaysNo_IsRefused()
    {
        _provider.Denies = true;
        using var browser = new Browser(_centre.Url);

        Assert.Equal("/sign-in?problem=unauthenticated", await SignInAsync(browser, "acme"));
    }

    [Fact]
    public async Task SignIn_UserDisabled_SaysSo()
    {
        await _centre.Platform.PatchAsJsonAsync(TestCentre.Path("/tenants/acme/users/ada"), new { enabled = false });
        using var browser = new Browser(_centre.Url);

        Assert.Equal("/sign-in?problem=forbidden", await SignInAsync(browser, "acme"));
    }

    [Fact]
    public async Task Callback_StateTamperedWith_IsRefused()
    {
        using var browser = new Browser(_centre.Url);
        var callback = await CallbackAsync(browser, "acme");
        var state = callback[(callback.IndexOf("state=", StringComparison.Ordinal) + 6)..];
        var changed = callback.Replace(state, $"{(state[0] == 'A' ? 'B' : 'A')}{state[1..]}");

        Assert.Equal("/sign-in?problem=unauthenticated", await FollowAsync(browser, changed));
        Assert.Equal("/sign-in?problem=unauthenticated", await FollowAsync(browser, callback[..callback.IndexOf("&state", StringComparison.Ordinal)]));
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_IsRefused()
    {
        using var browser = new Browser(_centre.Url);
        using var victim = new Browser(_centre.Url);
        var callback = await CallbackAsync(browser, "acme");

        Assert.Equal("/sign-in?problem=unauthenticated", await FollowAsync(victim, callback));
        Assert.Null(victim.Session);
    }

    [Fact]
    public async Task Callback_Repeated_IsRefused()
    {
        using var browser = new Browser(_centre.Url);
        var callback = await CallbackAsync(browser, "acme");
        var before = browser.Cookies.GetCookieHeader(new Uri(callback));

        Assert.Equal("/", await FollowAsync(browser, callback));
        Assert.Equal("/sign-in?problem=unauthenticated", await FollowAsync(browser, callback));

        // Also by whoever kept the cookie: the provider takes a code once.
        using var keeper = new Browser(_centre.Url);
        foreach (var cookie in before.Split("; ").Select(pair => pair.Split('=', 2)))
            keeper.Cookies.Add(_centre.Url, new Cookie(cookie[0], cookie[1]));
        Assert.Equal("/sign-in?problem=unauthenticated", await FollowAsync(keeper, callback));
        Assert.Null(keeper.Session);
    }

    [Fact]
    public async Task Callback_ProviderDown_IsUnavailable()
    {
        using var browser = new Browser(_centre.Url);
        var callback = await CallbackAsync(browser, "acme");
        await _provider.StopAsync();

        Assert.Equal("/sign-in?problem=unavailable", await FollowAsync(browser, callback));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("agents")]
    [InlineData("javascript:alert(1)")]
    public async Task Start_ReturnToAnotherSite_IsRefused(string page)
    {
        using var browser = new Browser(_centre.Url);

        Assert.Equal((400, ProblemCodes.InvalidArgument), await browser.TryAsync(HttpMethod.Get, $"/auth/oauth/fake?tenant=acme&return_to={Uri.EscapeDataString(page)}"));
    }

    [Fact]
    public async Task Start_UnknownProviderOrTenant_IsRefused()
    {
        using var browser = new Browser(_centre.Url);

        Assert.Equal((404, ProblemCodes.NotFound), await browser.TryAsync(HttpMethod.Get, "/auth/oauth/other"));
        Assert.Equal((404, ProblemCodes.NotFound), await browser.TryAsync(HttpMethod.Get, "/auth/oauth/other/callback"));
        Assert.Equal((400, ProblemCodes.InvalidArgument), await browser.TryAsync(HttpMethod.Get, "/auth/oauth/fake?tenant=a%2Fb"));
    }

    [Fact]
    public async Task Callback_AtAnotherNode_IsTaken()
    {
        // A node has nothing in common with another but the platform key and the users.
        var key = _centre.Platform.DefaultRequestHeaders.Authorization!.Parameter;
        await using var other = await TestCentre.StartAsync(options => options with { OAuth = [_provider.Settings], PlatformKey = key });
        await FillAsync(other);
        using var browser = new Browser(_centre.Url);
        var callback = new Uri(await CallbackAsync(browser, "acme"));
        using var node = new Browser(other.Url);
        foreach (Cookie cookie in browser.Cookies.GetCookies(callback))
            node.Cookies.Add(other.Url, new Cookie(cookie.Name, cookie.Value));

        Assert.Equal("/", await FollowAsync(node, $"{other.Url.GetLeftPart(UriPartial.Authority)}{callback.PathAndQuery}", callback.Authority));
    }

    private static async Task FillAsync(TestCentre centre)
    {
        foreach (var (tenant, identity) in new[] { ("acme", "ada@acme.example"), ("evil", "mallory@evil.example") })
        {
            await centre.CreateTenantAsync(tenant);
            using var response = await centre.Platform.PostAsJsonAsync(
                TestCentre.Path($"/tenants/{tenant}/users"), new { name = identity.Split('@')[0], role = Role.Operator, identity }, TestCentre.Json);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
    }

    /// <summary>Goes to the provider and back. The page it ends at.</summary>
    private async Task<string> SignInAsync(Browser browser, string tenant, string? returnTo = null) =>
        await FollowAsync(browser, await CallbackAsync(browser, tenant, returnTo));

    /// <summary>Goes to the provider. Where that sends the browser.</summary>
    private static async Task<string> CallbackAsync(Browser browser, string tenant, string? returnTo = null)
    {
        var path = $"/auth/oauth/fake?tenant={tenant}" + (returnTo is null ? "" : $"&return_to={Uri.EscapeDataString(returnTo)}");
        using var sent = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return await FollowAsync(browser, sent.Headers.Location!.ToString());
    }

    private static async Task<string> FollowAsync(Browser browser, string url, string? host = null)
    {
        using var response = await browser.GetAsync("", request =>
        {
            request.RequestUri = new Uri(url);
            request.Headers.Host = host;
            request.Headers.Remove("Sec-Fetch-Site");
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
        });
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
