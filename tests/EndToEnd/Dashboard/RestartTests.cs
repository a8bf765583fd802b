using static Microsoft.Playwright.Assertions;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>A centre that dies under an open page.</summary>
[Collection(DashboardGroup.Name)]
public sealed class RestartTests(DashboardStack stack)
{
    [Fact]
    public async Task Centre_KilledUnderAnOpenPage_IsMissedThenFoundAgainWithNewValues()
    {
        await using var visit = await stack.VisitAsync(DashboardStack.Admin);
        await visit.GoAsync("/");
        var row = visit.Page.Locator("[data-agent=demo]");
        await Expect(visit.Page.Locator("[data-live=open]")).ToBeVisibleAsync();
        await Expect(row).ToHaveAttributeAsync("data-status", "online");

        await stack.Outrider.Centre.KillAsync();
        await Expect(visit.Page.Locator("[data-live=down]")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-centre=gone]")).ToBeVisibleAsync();
        var old = await row.InnerTextAsync();

        await stack.Outrider.StartCentreAsync();
        await Expect(visit.Page.Locator("[data-live=open]")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-centre=gone]")).ToHaveCountAsync(0);
        await Expect(row).ToHaveAttributeAsync("data-status", "online");
        await Expect(row).Not.ToHaveTextAsync(old, new() { UseInnerText = true });
        await stack.Outrider.AgentAnswersAsync();
    }
}
