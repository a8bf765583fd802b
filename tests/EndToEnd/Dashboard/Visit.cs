using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>A page in a browser of its own, and what went wrong on it.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Pixels.</summary>
    public const int Wide = 1280;

    /// <summary>Pixels: a small phone.</summary>
    public const int Narrow = 380;

    /// <summary>Where pictures of the pages go; null: nowhere.</summary>
    private static readonly string? s_screenshots = Environment.GetEnvironmentVariable("OUTRIDER_SCREENSHOTS");

    private readonly List<string> _errors = [];

    private Visit(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error", message.Text);
        page.PageError += (_, error) => Note(true, error);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained of: broken scripts, what the page's policy forbids, answers that are none.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors];
        }
    }

    public static async Task<Visit> InAsync(IBrowserContext context) => new(await context.NewPageAsync());

    /// <summary>Opens an address of the page and returns once it shows what it is about.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await SettledAsync();
    }

    public async Task SettledAsync()
    {
        await Expect(Page.Locator("h1").First).ToBeVisibleAsync();
        await Expect(Page.Locator("[data-loading]")).ToHaveCountAsync(0);
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public ILocator Text(string text) => Page.GetByText(text, new() { Exact = true });

    /// <summary>Looks at the page as somebody with this screen and these colours does.</summary>
    public async Task LookAsync(int width, ColorScheme scheme)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme == ColorScheme.Dark ? "dark" : "light");
    }

    /// <summary>What axe calls serious or critical.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        var found = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. found.Violations.Where(one => one.Impact is "serious" or "critical")
            .Select(one => $"{one.Impact} {one.Id}: {string.Join(" | ", one.Nodes.Take(3).Select(node => node.Html))}")];
    }

    /// <summary>By how many pixels the page is wider than the screen.</summary>
    public Task<int> OverhangAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Keeps a picture of the whole page, if the environment names a folder for it.</summary>
    public async Task KeepAsync(string name)
    {
        if (s_screenshots is not null)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(s_screenshots, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Note(bool isError, string text)
    {
        if (!isError)
            return;
        lock (_errors)
            _errors.Add(text);
    }
}
