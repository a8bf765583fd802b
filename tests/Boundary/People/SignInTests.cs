using System.Net;
using System.Text.Json;
using Outrider.Api.Auth;
using Outrider.Grains.People;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.People;

public sealed class SignInTests : IAsyncLifetime
{
    private PeopleCentre _people = null!;

    public async Task InitializeAsync() => _people = await PeopleCentre.StartAsync();

    public async Task DisposeAsync() => await _people.DisposeAsync();

    [Fact]
    public async Task SignIn_RightPassword_SetsACookieThatNoPageReads()
    {
        using var browser = new Browser(_people.Centre.Url);
        using var response = await browser.PostAsync("/auth/login", new { tenant = "acme", name = "Ada", password = PeopleCentre.Password });
        var session = await Browser.ReadAsync(response);

        Assert.Equal("ada", session.GetProperty("name").GetString());
        Assert.Equal(("acme", "acme", "admin", "user"), (Text(session, "tenant"), Text(session, "tenant_name"), Text(session, "role"), Text(session, "kind")));
        Assert.Equal(Permissions.NamesOf(Role.Admin), session.GetProperty("permissions").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(_people.Time.GetUtcNow().AddHours(24), session.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, session.GetProperty("token").ValueKind);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("outrider_session=oru.acme.ada.", cookie);
        Assert.Equal(
            ["httponly", "max-age=604800", "path=/", "samesite=strict"],
            cookie.Split("; ")[1..].Select(part => part.ToLowerInvariant()).Where(part => !part.StartsWith("expires=", StringComparison.Ordinal)).Order());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal((200, null), await browser.TryAsync(HttpMethod.Get, "/agents"));
    }

    [Fact]
    public async Task SignIn_AsAProgram_IsATokenAndNoCookie()
    {
        var token = await _people.TokenAsync("acme", "bob");

        using var bearer = _people.Centre.Client(token);
        using var header = _people.Centre.Client(null);
        header.DefaultRequestHeaders.Add("X-API-Key", token);
        Assert.Equal(HttpStatusCode.OK, (await bearer.GetAsync(TestCentre.Path("/agents"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await header.GetAsync(TestCentre.Path("/agents"))).StatusCode);
        using var session = await bearer.GetAsync(TestCentre.Path("/auth/session"));
        Assert.Equal(JsonValueKind.Null, (await Browser.ReadAsync(session)).GetProperty("csrf_token").ValueKind);
        Assert.False(session.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.NoContent, (await bearer.PostAsync(TestCentre.Path("/auth/logout"), null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bearer.GetAsync(TestCentre.Path("/agents"))).StatusCode);
    }

    [Fact]
    public async Task SignIn_WhateverIsWrong_IsToldAlike()
    {
        await Invited("acme", "carol");
        var answers = new List<string>();
        foreach (var (tenant, name, password) in new[]
        {
            ("acme", "ada", "wrong"), ("acme", "nobody", PeopleCentre.Password), ("nowhere", "ada", PeopleCentre.Password), ("evil", "ada", PeopleCentre.Password),
            ("acme", "carol", PeopleCentre.Password), ("", "ada", PeopleCentre.Password), ("a/b", "x/y", "z"), ("acme", "ada", new string('x', 1000)),
        })
        {
            using var browser = new Browser(_people.Centre.Url);
            using var response = await browser.PostAsync("/auth/login", new { tenant, name, password });
            answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.StartsWith("401 ", Assert.Single(answers.Distinct()));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("nobody")]
    public async Task SignIn_TooManyWrongPasswords_WaitsLongerEachTime(string name)
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal(ProblemCodes.Unauthenticated, (await TryAsync("acme", name, "wrong")).Code);

        Assert.Equal((429, 30), await RefusedAsync("acme", name, PeopleCentre.Password));
        _people.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(ProblemCodes.Unauthenticated, (await TryAsync("acme", name, "wrong")).Code);
        Assert.Equal((429, 60), await RefusedAsync("acme", name, PeopleCentre.Password));
        _people.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(name == "ada" ? 200 : 401, (await TryAsync("acme", name, PeopleCentre.Password)).Status);
    }

    [Fact]
    public async Task SignIn_UserOrTenantDisabled_SaysSoToWhoKnowsThePassword()
    {
        await _people.User("acme", "bob").UpdateAsync(new UserUpdate { Enabled = false }, guarded: true);
        Assert.Equal((401, ProblemCodes.Unauthenticated), await TryAsync("acme", "bob", "wrong"));
        Assert.Equal((403, ProblemCodes.Forbidden), await TryAsync("acme", "bob", PeopleCentre.Password));

        using var ada = await _people.SignInAsync("acme", "ada");
        await _people.Centre.Grains.Get<ITenant>("acme").UpdateAsync(new TenantUpdate { Enabled = false });
        Assert.Equal((401, ProblemCodes.Unauthenticated), await TryAsync("acme", "ada", "wrong"));
        Assert.Equal((403, ProblemCodes.TenantDisabled), await TryAsync("acme", "ada", PeopleCentre.Password));
        Assert.Equal((403, ProblemCodes.TenantDisabled), await ada.TryAsync(HttpMethod.Get, "/agents"));
    }

    [Fact]
    public async Task Session_UnusedForADay_IsOver()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        _people.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Get, "/auth/session"));
        _people.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Get, "/auth/session"));
        _people.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal((401, ProblemCodes.SessionOver), await ada.TryAsync(HttpMethod.Get, "/auth/session"));
    }

    [Fact]
    public async Task Session_UsedAllTheTime_LastsSevenDays()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        var hours = 0;
        while ((await ada.TryAsync(HttpMethod.Get, "/agents")).Status == 200)
        {
            _people.Time.Advance(TimeSpan.FromHours(12));
            hours += 12;
        }
        Assert.Equal(7 * 24, hours);
    }

    [Fact]
    public async Task ChangePassword_CurrentOneWrongOrNewOneWeak_IsRefused()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var other = await _people.SignInAsync("acme", "ada");

        Assert.Equal((400, ProblemCodes.InvalidArgument), await ada.TryAsync(HttpMethod.Post, "/auth/password", new { current = "wrong", password = "another password" }));
        Assert.Equal((400, ProblemCodes.InvalidArgument), await ada.TryAsync(HttpMethod.Post, "/auth/password", new { current = PeopleCentre.Password, password = "short" }));
        Assert.Equal((204, null), await ada.TryAsync(HttpMethod.Post, "/auth/password", new { current = PeopleCentre.Password, password = "another password" }));

        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Get, "/agents"));
        Assert.Equal((401, ProblemCodes.SessionOver), await other.TryAsync(HttpMethod.Get, "/agents"));
        Assert.Equal((401, ProblemCodes.Unauthenticated), await TryAsync("acme", "ada", PeopleCentre.Password));
        Assert.Equal((200, null), await TryAsync("acme", "ada", "another password"));
    }

    [Fact]
    public async Task Sessions_OfOneUser_AreListedAndEnded()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var other = await _people.SignInAsync("acme", "ada");
        using var bob = await _people.SignInAsync("acme", "bob");
        var items = (await Browser.ReadAsync(await ada.GetAsync("/auth/sessions"))).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(2, items.Count);
        var own = items.Single(item => item.GetProperty("current").GetBoolean());
        var others = items.Single(item => !item.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        Assert.Equal("127.0.0.1", own.GetProperty("ip").GetString());
        Assert.Equal((404, ProblemCodes.NotFound), await bob.TryAsync(HttpMethod.Delete, $"/auth/sessions/{others}"));
        Assert.Equal((204, null), await ada.TryAsync(HttpMethod.Delete, $"/auth/sessions/{others}"));
        Assert.Equal((401, ProblemCodes.SessionOver), await other.TryAsync(HttpMethod.Get, "/agents"));
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Get, "/agents"));
    }

    [Fact]
    public async Task SessionView_OfKeys_SaysWhatTheyAre()
    {
        using var key = _people.Centre.Client(await _people.Centre.CreateKeyAsync("acme", Role.Operator, "ci"));
        var session = await Browser.ReadAsync(await key.GetAsync(TestCentre.Path("/auth/session")));
        Assert.Equal(("api_key", "acme", "operator", "ci"), (Text(session, "kind"), Text(session, "tenant"), Text(session, "role"), Text(session, "display_name")));

        session = await Browser.ReadAsync(await _people.Centre.Platform.GetAsync(TestCentre.Path("/auth/session")));
        Assert.Equal(("platform_key", "", "platform"), (Text(session, "kind"), Text(session, "tenant"), Text(session, "role")));
    }

    [Fact]
    public async Task PlatformUser_SignedIn_ManagesTenantsAndSeesNothingOfThem()
    {
        await _people.CreateAsync("", "root", Role.Platform);
        using var root = await _people.SignInAsync("", "root");

        Assert.Equal((200, null), await root.TryAsync(HttpMethod.Get, "/tenants"));
        Assert.Equal((200, null), await root.TryAsync(HttpMethod.Get, "/tenants/acme/users"));
        Assert.Equal((403, ProblemCodes.Forbidden), await root.TryAsync(HttpMethod.Get, "/agents"));
        Assert.Equal((409, ProblemCodes.Conflict), await root.TryAsync(HttpMethod.Delete, "/platform/users/root"));
    }

    [Fact]
    public async Task Audit_OfSignIns_HasThoseThatWereRefusedToo()
    {
        await TryAsync("acme", "ada", "wrong");
        using var ada = await _people.SignInAsync("acme", "ada");
        await ada.PostAsync("/auth/logout");
        using var again = await _people.SignInAsync("acme", "ada");
        var entries = (await Browser.ReadAsync(await again.GetAsync("/audit?action=session.*"))).GetProperty("entries").EnumerateArray()
            .Select(entry => (Text(entry, "action"), Text(entry, "actor"), Text(entry, "outcome"), Text(entry, "ip"))).Reverse().ToList();

        Assert.Equal(
            [
                ("session.sign_in", "user:ada", ProblemCodes.Unauthenticated, "127.0.0.1"), ("session.sign_in", "user:ada", "ok", "127.0.0.1"),
                ("session.sign_out", "user:ada", "ok", "127.0.0.1"), ("session.sign_in", "user:ada", "ok", "127.0.0.1"),
            ],
            entries);
    }

    private async Task Invited(string tenant, string name) =>
        Assert.True((await _people.User(tenant, name).CreateAsync(new UserProfile(name, Role.Viewer, null), null)).Ok);

    private async Task<(int Status, string? Code)> TryAsync(string tenant, string name, string password)
    {
        using var browser = new Browser(_people.Centre.Url);
        return await browser.TryAsync(HttpMethod.Post, "/auth/login", new { tenant, name, password });
    }

    private async Task<(int Status, int RetryAfter)> RefusedAsync(string tenant, string name, string password)
    {
        using var browser = new Browser(_people.Centre.Url);
        using var response = await browser.PostAsync("/auth/login", new { tenant, name, password });
        return ((int)response.StatusCode, (await Browser.ReadAsync(response)).GetProperty("retry_after_seconds").GetInt32());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
