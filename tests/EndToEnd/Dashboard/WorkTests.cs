using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>What operators do on the page, on a real agent.</summary>
[Collection(DashboardGroup.Name)]
public sealed class WorkTests(DashboardStack stack)
{
    [Fact]
    public async Task Task_SentFromItsForm_ShowsItsLogAndItsEnd()
    {
        await using var visit = await stack.VisitAsync(DashboardStack.Operator);
        await visit.GoAsync("/tasks/new?agent_id=demo");
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Command" }).FillAsync("uptime");
        await visit.Button("Run it").ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/tasks/(?!new)[^/]+$"));
        await Expect(visit.Page.GetByText("load average").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-status=success]").First).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Diagnosis_RunOnThePage_ShowsItsReportAndWhatHasChangedSince()
    {
        await using var visit = await stack.VisitAsync(DashboardStack.Operator);
        await visit.GoAsync("/diagnosis?agent=demo");
        await visit.Button("Run").ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/diagnosis/demo/[0-9a-f]+$"));
        await Expect(visit.Page.Locator("[data-summary]")).ToContainTextAsync("10.0.0.11");
        await Expect(visit.Page.Locator("[data-finding=disk_critical]")).ToContainTextAsync("< 95 %");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Compared with ") })).ToBeVisibleAsync();

        var first = visit.Page.Url;
        await visit.Button("Run again").ClickAsync();
        await Expect(visit.Page).Not.ToHaveURLAsync(first);
        await Expect(visit.Page.Locator("[data-summary]")).ToContainTextAsync("10.0.0.11");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Sql_RefusedWhileTypedThenMended_IsRun()
    {
        await using var visit = await stack.VisitAsync(DashboardStack.Operator);
        await visit.GoAsync("/sql");
        var agent = visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Agent" });
        await agent.ClickAsync();
        await agent.FillAsync("dem");
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "demo" }).ClickAsync();

        var statement = visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Statement" });
        await statement.FillAsync("SHOW BACKENDS; DROP TABLE t");
        await Expect(visit.Page.Locator("[data-verdict=refused]")).ToContainTextAsync("line 1, column");
        await Expect(visit.Button("Run")).ToBeDisabledAsync();

        await statement.FillAsync("SHOW BACKENDS");
        await Expect(visit.Page.Locator("[data-verdict=allowed]")).ToBeVisibleAsync();
        await statement.PressAsync("Control+Enter");

        await Expect(visit.Page.Locator("[data-rows='3']")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "10.0.0.11" })).ToBeVisibleAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/sql$"));
        Assert.Empty(visit.Errors);
    }
}
