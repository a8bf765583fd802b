using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>Every address of the page, in both languages, light and dark, on a desk and in a hand.</summary>
[Collection(DashboardGroup.Name)]
public sealed partial class RouteTests(DashboardStack stack)
{
    [Fact]
    public async Task Routes_EachOneInEitherLanguage_OpensWithoutErrorsBarriersOrOverhang()
    {
        var faults = await Task.WhenAll(
            FaultsAsync("en", (Visit.Wide, ColorScheme.Light), (Visit.Narrow, ColorScheme.Dark)),
            FaultsAsync("zh", (Visit.Wide, ColorScheme.Dark), (Visit.Narrow, ColorScheme.Light)));
        Assert.True(faults.All(some => some.Count == 0), string.Join('\n', faults.SelectMany(some => some)));
    }

    private async Task<List<string>> FaultsAsync(string language, params (int Width, ColorScheme Scheme)[] looks)
    {
        await using var tenant = await stack.VisitAsync(DashboardStack.Admin, language);
        await using var platform = await stack.VisitAsync(DashboardStack.Platform, language);
        await using var nobody = await stack.VisitAsync(user: null, language);
        var faults = new List<string>();
        foreach (var route in Routes())
        {
            var visit = route.StartsWith("platform", StringComparison.Ordinal) ? platform : route is "sign-in" or "welcome" ? nobody : tenant;
            var found = await FaultsAsync(visit, route, language, looks);
            faults.AddRange(found.Select(fault => $"{Name(route)}-{language}: {fault}"));
        }
        return faults;
    }

    private async Task<List<string>> FaultsAsync(Visit visit, string route, string language, (int Width, ColorScheme Scheme)[] looks)
    {
        var known = visit.Errors.Count;
        var faults = new List<string>();
        try
        {
            await visit.GoAsync(stack.Samples.Address(route));
            foreach (var (width, scheme) in looks)
            {
                await visit.LookAsync(width, scheme);
                await visit.KeepAsync($"{Name(route)}-{language}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{width}");
                faults.AddRange((await visit.BarriersAsync()).Select(barrier => $"{scheme} {width}: {barrier}"));
                if (await visit.OverhangAsync() is > 0 and var pixels)
                    faults.Add($"{width}: {pixels} pixels wider than the screen");
            }
        }
        catch (PlaywrightException e)
        {
            faults.Add(e.Message);
        }
        faults.AddRange(visit.Errors.Skip(known));
        return faults;
    }

    /// <summary>The routes as the page itself lists them.</summary>
    private static List<string> Routes()
    {
        var source = File.ReadAllText(Path.Combine(Programs.Root, "dashboard", "src", "app", "routes.tsx"));
        var routes = Route().Matches(source).Select(match => match.Groups["path"].Value.TrimStart('/')).ToList();
        Assert.InRange(routes.Count, 20, 100);
        return routes;
    }

    private static string Name(string route) => route.Length == 0 ? "overview" : route.Replace('/', '-').Replace(":", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(?:page\(|\bpath: )'(?<path>[^'*]*)'")]
    private static partial Regex Route();
}
