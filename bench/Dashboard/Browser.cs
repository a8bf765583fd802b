using Microsoft.Playwright;

namespace Outrider.Bench.Dashboard;

/// <summary>Debian's Chromium without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"] }));
    }

    /// <summary>A browser of somebody who was never here: nothing is cached.</summary>
    public Task<IBrowserContext> FreshAsync(string? state) => _browser.NewContextAsync(new()
    {
        StorageState = state, Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 },
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
