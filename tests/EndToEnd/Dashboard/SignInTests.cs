using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>Who gets in, who stays in, and what a role sees.</summary>
[Collection(DashboardGroup.Name)]
public sealed partial class SignInTests(DashboardStack stack)
{
    [Fact]
    public async Task SignIn_WrongPasswordThenRight_IsToldAndLeadsBackToWhereOneWanted()
    {
        await NewUserAsync("sam");
        await using var visit = await stack.VisitAsync(user: null);
        await visit.GoAsync("/diagnosis?agent=demo");
        await Expect(visit.Page).ToHaveURLAsync(SignIn());

        await SignInAsync(visit, "sam", "not the right one");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unauthenticated");
        await SignInAsync(visit, "sam", DashboardStack.Password);

        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/diagnosis\?agent=demo$"));
        await Expect(visit.Heading("Past reports")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignOut_Everywhere_EndsThePageOfAnotherBrowser()
    {
        await NewUserAsync("susan");
        await using var here = await stack.VisitAsync(user: null);
        await using var there = await stack.VisitAsync(user: null);
        foreach (var visit in new[] { here, there })
        {
            await visit.GoAsync("/sign-in");
            await SignInAsync(visit, "susan", DashboardStack.Password);
            await Expect(visit.Page.Locator("#content")).ToBeVisibleAsync();
        }

        await here.GoAsync("/account");
        await here.Button("Sign out everywhere").ClickAsync();

        await Expect(here.Page).ToHaveURLAsync(SignIn());
        await Expect(there.Page).ToHaveURLAsync(SignIn());
    }

    [Fact]
    public async Task Viewer_AnyPage_IsNotOfferedWhatOperatorsAndAdminsDo()
    {
        await using var visit = await stack.VisitAsync(DashboardStack.Viewer);
        foreach (var page in new[] { "/sql", "/audit", "/tasks/new", "/platform" })
        {
            await visit.Page.GotoAsync(page);
            await Expect(visit.Text("You may not see this page")).ToBeVisibleAsync();
        }
        var pages = visit.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link);
        await Expect(pages).ToHaveTextAsync(["Overview", "Alerts", "Compare", "Tasks", "Diagnosis", "Files", "Settings"]);

        await visit.GoAsync("/diagnosis?agent=demo");
        await Expect(visit.Heading("Past reports")).ToBeVisibleAsync();
        await Expect(visit.Button("Run")).ToHaveCountAsync(0);
        await visit.GoAsync("/settings");
        await Expect(visit.Page.GetByRole(AriaRole.Tab)).ToHaveTextAsync(["Quotas and usage", "Approvals", "Agents"]);
        await Expect(visit.Heading("Retention")).ToBeVisibleAsync();
        await Expect(visit.Button("Save")).ToHaveCountAsync(0);
        await visit.GoAsync(stack.Samples.Address("alerts/:id"));
        await Expect(visit.Button("Acknowledge")).ToHaveCountAsync(0);
        Assert.Empty(visit.Errors);
    }

    private static async Task SignInAsync(Visit visit, string name, string password)
    {
        await visit.Page.Locator("input[autocomplete=organization]").FillAsync("demo");
        await visit.Page.Locator("input[autocomplete=username]").FillAsync(name);
        await visit.Page.Locator("input[autocomplete=current-password]").FillAsync(password);
        await visit.Button("Sign in").ClickAsync();
    }

    private async Task NewUserAsync(string name)
    {
        using var made = await stack.Outrider.Client.PostAsJsonAsync(
            new Uri("/api/v1/tenants/demo/users", UriKind.Relative), new { name, role = "operator", password = DashboardStack.Password });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"/sign-in(\?.*)?$")]
    private static partial Regex SignIn();
}
