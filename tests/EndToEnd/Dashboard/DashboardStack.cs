using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Outrider.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>
/// A real centre that serves the built page, a real agent with a demo StarRocks, and Debian's Chromium. Its users came in as people do: by
/// one-time links, the first of which stands in the centre's output.
/// </summary>
public sealed partial class DashboardStack : IAsyncLifetime
{
    public const string Platform = "root";
    public const string Admin = "ada";
    public const string Operator = "otto";
    public const string Viewer = "vera";
    public const string Password = "a staple of 12 horses";

    private readonly Dictionary<string, string> _sessions = [];
    private DemoStack _demo = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public OutriderStack Outrider => _demo.Outrider;

    /// <summary>What there is to look at.</summary>
    public Samples Samples { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Path.Combine(Programs.Dashboard, "index.html")), "The dashboard isn't built. Run ./test");
        var data = Directory.CreateTempSubdirectory("outrider-dashboard-").FullName;
        var agent = Directory.CreateDirectory(Path.Combine(data, "agent")).FullName;
        await File.WriteAllTextAsync(Path.Combine(agent, "policy.json"), """{"profile": "dev"}""");
        _demo = await DemoStack.StartAsync("disk-full", data);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        SetDefaultExpectTimeout(30_000);
        await AcceptAsync(Platform, LinkIn(await Outrider.Centre.LineAsync(line => Link().IsMatch(line))), isFirst: true);
        await AcceptAsync(Admin, LinkIn(await Outrider.CommandAsync("user", "create", Admin, "--tenant", "demo", "--role", "admin")));
        await InviteAsync(Operator, "operator");
        await InviteAsync(Viewer, "viewer");
        Samples = await Samples.MakeAsync(Outrider);
    }

    /// <summary>Opens a browser of its own.</summary>
    /// <param name="user">Whose session it has; null: nobody is signed in.</param>
    /// <param name="language"><c>en</c> or <c>zh</c>, as the browser asks for it.</param>
    public async Task<Visit> VisitAsync(string? user, string language = "en")
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Outrider.Url.ToString(),
            Locale = language == "zh" ? "zh-CN" : "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = ColorScheme.Light,
            ViewportSize = new() { Width = Visit.Wide, Height = 900 },
            StorageState = user is null ? null : _sessions[user],
        });
        return await Visit.InAsync(context);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_demo is not null)
            await _demo.DisposeAsync();
    }

    /// <summary>An admin's way: invite somebody on the page, and give them the link that it shows.</summary>
    private async Task InviteAsync(string name, string role)
    {
        await using var visit = await VisitAsync(Admin);
        await visit.GoAsync("/settings/users");
        await visit.Button("Invite a user").ClickAsync();
        var form = visit.Page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("Name to sign in with").FillAsync(name);
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Role" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = role }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Invite a user" }).ClickAsync();
        await AcceptAsync(name, await visit.Page.Locator("[data-shown-once]").InnerTextAsync());
        Assert.Empty(visit.Errors);
    }

    private async Task AcceptAsync(string name, string link, bool isFirst = false)
    {
        await using var visit = await VisitAsync(user: null);
        await visit.Page.GotoAsync(link);
        if (isFirst)
            await visit.Page.Locator("input[autocomplete=username]").FillAsync(name);
        await visit.Page.Locator("input[autocomplete=new-password]").First.FillAsync(Password);
        await visit.Page.Locator("input[autocomplete=new-password]").Last.FillAsync(Password);
        await visit.Button("Begin").ClickAsync();
        await Expect(visit.Page.Locator("#content")).ToBeVisibleAsync();
        _sessions[name] = await visit.Page.Context.StorageStateAsync();
    }

    private static string LinkIn(string output) => Link().Match(output) is { Success: true } link
        ? link.Value
        : throw new InvalidOperationException($"There is no one-time link in:\n{output}");

    [GeneratedRegex(@"https?://\S+/welcome#[\w.~-]+")]
    private static partial Regex Link();
}
