using System.Net;
using System.Text.Json;
using Outrider.Grains.People;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.People;

public sealed class UserRouteTests : IAsyncLifetime
{
    private PeopleCentre _people = null!;

    public async Task InitializeAsync() => _people = await PeopleCentre.StartAsync();

    public async Task DisposeAsync() => await _people.DisposeAsync();

    [Fact]
    public async Task Invitation_Accepted_SignsInOnce()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var created = await ada.PostAsync("/tenants/acme/users", new { name = "Carol", role = "operator", display_name = "Carol C." });
        var answer = await Browser.ReadAsync(created);
        var token = Token(answer.GetProperty("invitation"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/api/v1/tenants/acme/users/carol", created.Headers.Location!.ToString());
        Assert.True(answer.GetProperty("user").GetProperty("invited").GetBoolean());
        Assert.StartsWith($"{_people.Centre.Url}welcome#oli.acme.carol.", answer.GetProperty("invitation").GetProperty("url").GetString());

        using var carol = new Browser(_people.Centre.Url);
        Assert.Equal((400, ProblemCodes.InvalidArgument), await carol.TryAsync(HttpMethod.Post, "/auth/welcome", new { token, password = "short" }));
        var session = await Browser.ReadAsync(await carol.PostAsync("/auth/welcome", new { token, password = "a password of carol" }));
        Assert.Equal(("carol", "Carol C.", "operator"), (Text(session, "name"), Text(session, "display_name"), Text(session, "role")));
        Assert.Equal((200, null), await carol.TryAsync(HttpMethod.Get, "/agents"));
        Assert.Equal((403, ProblemCodes.InvitationRefused), await carol.TryAsync(HttpMethod.Post, "/auth/welcome", new { token, password = "another password" }));

        var user = await Browser.ReadAsync(await ada.GetAsync("/tenants/acme/users/carol"));
        Assert.False(user.GetProperty("invited").GetBoolean());
        Assert.Equal(1, user.GetProperty("sessions").GetInt32());
    }

    [Fact]
    public async Task Invitation_TooLateOrVoid_IsRefused()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var browser = new Browser(_people.Centre.Url);
        var first = await InviteAsync(ada, "bob");
        var second = await InviteAsync(ada, "bob");

        Assert.Equal((403, ProblemCodes.InvitationRefused), await WelcomeAsync(browser, first));
        Assert.Equal((403, ProblemCodes.InvitationRefused), await WelcomeAsync(browser, second[..^2]));
        Assert.Equal((403, ProblemCodes.InvitationRefused), await WelcomeAsync(browser, second.Replace(".bob.", ".ada.")));
        Assert.Equal((403, ProblemCodes.InvitationRefused), await WelcomeAsync(browser, "nonsense"));
        _people.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal((403, ProblemCodes.InvitationRefused), await WelcomeAsync(browser, second));
    }

    [Fact]
    public async Task Invitation_OfAUserWithAPassword_EndsSessionsAndKeepsThePassword()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var bob = await _people.SignInAsync("acme", "bob");
        var token = await InviteAsync(ada, "bob");

        Assert.Equal((401, ProblemCodes.SessionOver), await bob.TryAsync(HttpMethod.Get, "/agents"));
        using var again = await _people.SignInAsync("acme", "bob");
        Assert.Equal((200, null), await WelcomeAsync(bob, token));
        Assert.Equal((401, ProblemCodes.SessionOver), await again.TryAsync(HttpMethod.Get, "/agents"));
        Assert.Equal((401, ProblemCodes.Unauthenticated), await again.TryAsync(HttpMethod.Post, "/auth/login", new { tenant = "acme", name = "bob", password = PeopleCentre.Password }));
    }

    [Fact]
    public async Task LastAdmin_ByTheTenant_StaysWhatTheyAre()
    {
        using var ada = await _people.SignInAsync("acme", "ada");

        Assert.Equal((409, ProblemCodes.Conflict), await ada.TryAsync(HttpMethod.Delete, "/tenants/acme/users/ada"));
        Assert.Equal((409, ProblemCodes.Conflict), await ada.TryAsync(HttpMethod.Patch, "/tenants/acme/users/ada", new { role = "viewer" }));
        Assert.Equal((409, ProblemCodes.Conflict), await ada.TryAsync(HttpMethod.Patch, "/tenants/acme/users/ada", new { enabled = false }));
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Patch, "/tenants/acme/users/bob", new { role = "admin" }));
        Assert.Equal((200, null), await ada.TryAsync(HttpMethod.Patch, "/tenants/acme/users/ada", new { role = "viewer" }));
        Assert.Equal((403, ProblemCodes.Forbidden), await ada.TryAsync(HttpMethod.Get, "/tenants/acme/users"));

        Assert.Equal(HttpStatusCode.NoContent, (await _people.Centre.Platform.DeleteAsync(TestCentre.Path("/tenants/acme/users/bob"))).StatusCode);
    }

    [Fact]
    public async Task Users_OfAnotherTenant_ArentThere()
    {
        using var mallory = await _people.SignInAsync("evil", "mallory");

        Assert.Equal((404, ProblemCodes.TenantNotFound), await mallory.TryAsync(HttpMethod.Get, "/tenants/acme/users"));
        Assert.Equal((404, ProblemCodes.TenantNotFound), await mallory.TryAsync(HttpMethod.Get, "/tenants/acme/users/ada"));
        Assert.Equal((404, ProblemCodes.TenantNotFound), await mallory.TryAsync(HttpMethod.Post, "/tenants/acme/users", new { name = "mal", role = "admin" }));
        Assert.Equal((404, ProblemCodes.TenantNotFound), await mallory.TryAsync(HttpMethod.Post, "/tenants/acme/users/ada/sign-out"));
        Assert.Equal((404, ProblemCodes.TenantNotFound), await mallory.TryAsync(HttpMethod.Post, "/tenants/acme/users/ada/invitation"));
        Assert.Equal((403, ProblemCodes.Forbidden), await mallory.TryAsync(HttpMethod.Get, "/platform/users"));
        Assert.Equal((404, ProblemCodes.NotFound), await mallory.TryAsync(HttpMethod.Get, "/tenants/evil/users/ada"));
        Assert.Equal((404, ProblemCodes.TenantNotFound), await mallory.TryAsync(HttpMethod.Get, "/tenants/~/users"));
        Assert.Equal(HttpStatusCode.NotFound, (await _people.Centre.Platform.GetAsync(TestCentre.Path("/tenants/nowhere/users"))).StatusCode);
    }

    [Fact]
    public async Task SignOut_ByAnAdmin_EndsTheSessionsAtOnce()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var bob = await _people.SignInAsync("acme", "bob");

        Assert.Equal((204, null), await ada.TryAsync(HttpMethod.Post, "/tenants/acme/users/bob/sign-out"));
        Assert.Equal((401, ProblemCodes.SessionOver), await bob.TryAsync(HttpMethod.Get, "/agents"));
    }

    [Fact]
    public async Task Update_EachField_IsTakenOver()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        using var response = await ada.SendAsync(HttpMethod.Patch, "/tenants/acme/users/bob", new { display_name = "Bob B.", identity = "bob@acme.example" });
        var bob = await Browser.ReadAsync(response);
        Assert.Equal(("Bob B.", "bob@acme.example"), (Text(bob, "display_name"), Text(bob, "identity")));

        Assert.Equal((409, ProblemCodes.Conflict), await ada.TryAsync(HttpMethod.Patch, "/tenants/acme/users/ada", new { identity = "BOB@acme.example" }));
        Assert.Equal((400, ProblemCodes.InvalidArgument), await ada.TryAsync(HttpMethod.Patch, "/tenants/acme/users/bob", new { role = "platform" }));
        using var cleared = await ada.SendAsync(HttpMethod.Patch, "/tenants/acme/users/bob", new { identity = "" });
        Assert.Equal(JsonValueKind.Null, (await Browser.ReadAsync(cleared)).GetProperty("identity").ValueKind);
    }

    [Fact]
    public async Task List_InPages_HasEachUserOnce()
    {
        using var ada = await _people.SignInAsync("acme", "ada");
        var first = await Browser.ReadAsync(await ada.GetAsync("/tenants/acme/users?limit=1"));
        var second = await Browser.ReadAsync(await ada.GetAsync($"/tenants/acme/users?limit=5&after={Text(first, "next")}"));

        Assert.Equal(["ada", "bob"], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(user => Text(user, "name")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal((400, ProblemCodes.InvalidArgument), await ada.TryAsync(HttpMethod.Get, "/tenants/acme/users?limit=0"));
    }

    [Fact]
    public async Task Setup_ByItsLink_MakesTheFirstPlatformUser()
    {
        var directory = _people.Centre.Grains.Get<IUserDirectory>(UserKeys.Platform);
        var earlier = (await directory.OfferSetupAsync()).Value!.Secret;
        await _people.Centre.RestartAsync();
        directory = _people.Centre.Grains.Get<IUserDirectory>(UserKeys.Platform);
        var token = (await directory.OfferSetupAsync()).Value!.Secret;
        using var browser = new Browser(_people.Centre.Url);
        Assert.True((await Browser.ReadAsync(await browser.GetAsync("/auth/options"))).GetProperty("setup_required").GetBoolean());

        Assert.Equal((403, ProblemCodes.InvitationRefused), await browser.TryAsync(HttpMethod.Post, "/auth/welcome", new { token = earlier, name = "root", password = "first of them all" }));
        Assert.Equal((400, ProblemCodes.InvalidArgument), await browser.TryAsync(HttpMethod.Post, "/auth/welcome", new { token, password = "first of them all" }));
        var session = await Browser.ReadAsync(await browser.PostAsync("/auth/welcome", new { token, name = "Root", password = "first of them all" }));

        Assert.Equal(("root", "platform", ""), (Text(session, "name"), Text(session, "role"), Text(session, "tenant")));
        Assert.Equal((200, null), await browser.TryAsync(HttpMethod.Get, "/platform/users"));
        Assert.Equal((403, ProblemCodes.InvitationRefused), await browser.TryAsync(HttpMethod.Post, "/auth/welcome", new { token, name = "second", password = "second of them all" }));
        Assert.False((await Browser.ReadAsync(await browser.GetAsync("/auth/options"))).GetProperty("setup_required").GetBoolean());
        Assert.Equal(ProblemCodes.Conflict, (await directory.OfferSetupAsync()).Problem!.Code);
    }

    private static async Task<string> InviteAsync(Browser admin, string name) =>
        Token(await Browser.ReadAsync(await admin.PostAsync($"/tenants/acme/users/{name}/invitation")));

    private static Task<(int Status, string? Code)> WelcomeAsync(Browser browser, string token) =>
        browser.TryAsync(HttpMethod.Post, "/auth/welcome", new { token, password = "a password of bob" });

    private static string Token(JsonElement invitation) => invitation.GetProperty("url").GetString()!.Split('#')[1];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
