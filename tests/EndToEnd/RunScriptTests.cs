using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>The README's command.</summary>
public sealed partial class RunScriptTests
{
    [Fact]
    public async Task Run_Demo_PrintsOneReadyLineAnswersAndStopsEverything()
    {
        var data = Directory.CreateTempSubdirectory("outrider-run-").FullName;
        var port = FreePort.Next();
        await using var run = ChildProcess.Start(Path.Combine(Programs.Root, "run"), [],
            new Dictionary<string, string> { ["OUTRIDER_PORT"] = $"{port}", ["OUTRIDER_DATA"] = data });

        var ready = Ready().Match(await run.LineAsync(line => line.StartsWith("ready "), TimeSpan.FromMinutes(4)));

        Assert.True(ready.Success, run.Output);
        Assert.Equal($"http://127.0.0.1:{port}", ready.Groups["url"].Value);
        Assert.Contains($"sign in as demo: http://127.0.0.1:{port}/welcome#", run.Output);
        using var client = new HttpClient { BaseAddress = new Uri(ready.Groups["url"].Value) };
        client.DefaultRequestHeaders.Add("X-API-Key", ready.Groups["key"].Value);
        using var answer = await client.PostAsJsonAsync("/api/v1/agents/demo/diagnoses", new { expert = "storage" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Contains("<div id=\"root\">", await client.GetStringAsync(client.BaseAddress));

        await run.TerminateAsync();
        Assert.Equal(0, await run.ExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Single(run.Output.Split('\n'), line => line.StartsWith("ready "));
        Assert.DoesNotContain(ProcessesUsing(data), _ => true);
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Processes whose environment names this data folder.</summary>
    private static IEnumerable<string> ProcessesUsing(string data) =>
        Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Where(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "environ")).Contains(data);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });

    [GeneratedRegex(@"^ready url=(?<url>\S+) tenant=demo key=(?<key>\S+)$")]
    private static partial Regex Ready();
}
