using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Dashboard;

/// <summary>A user of the bench's tenant.</summary>
internal static class SignIn
{
    /// <returns>The browser's state once somebody has signed in.</returns>
    public static async Task<string> ByInvitationAsync(Browser browser, OutriderStack stack)
    {
        var output = await stack.CommandAsync("user", "create", "bench", "--tenant", "demo", "--role", "admin", "--json");
        using var json = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        var link = json.RootElement.GetProperty("invitation").GetProperty("url").GetString()!;
        await using var context = await browser.FreshAsync(state: null);
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        var fields = page.Locator("input[autocomplete=new-password]");
        await fields.First.FillAsync("a password of nobody");
        await fields.Last.FillAsync("a password of nobody");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("#content").WaitForAsync();
        return await context.StorageStateAsync();
    }
}
