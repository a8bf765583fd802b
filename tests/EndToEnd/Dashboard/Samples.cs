using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd.Dashboard;

/// <summary>One of each thing that a page is about, so that every address of the page has something to show.</summary>
public sealed partial class Samples
{
    private readonly Dictionary<string, string> _names;

    private Samples(Dictionary<string, string> names) => _names = names;

    public static async Task<Samples> MakeAsync(OutriderStack outrider)
    {
        var made = new Maker(outrider);
        await made.SendAsync(HttpMethod.Put, "channels/ops", new { type = "webhook", url = "http://127.0.0.1:9/" });
        await made.SendAsync(HttpMethod.Post, "rules", new { id = "up", name = "It is up", metric = "host_uptime_seconds", threshold = 0 });
        var task = await made.SendAsync(HttpMethod.Post, "tasks", new { agent_id = "demo", type = "shell", command = "uptime" });
        var fanout = await made.SendAsync(HttpMethod.Post, "fanouts", new { agents = new[] { "*" }, type = "shell", command = "uname -a" });
        var report = await made.SendAsync(HttpMethod.Post, "agents/demo/diagnoses", new { expert = "storage" });
        return new Samples(new()
        {
            ["agents/:agent"] = "demo",
            ["agents/:tab"] = "processes",
            ["alerts/:id"] = await made.AlertAsync(),
            ["alerts/:rule"] = "up",
            ["alerts/:name"] = "ops",
            ["tasks/:id"] = task.GetProperty("id").GetString()!,
            ["fanouts/:id"] = fanout.GetProperty("id").GetString()!,
            ["diagnosis/:agent"] = "demo",
            ["diagnosis/:id"] = report.GetProperty("id").GetString()!,
            ["settings/:tab"] = "users",
            ["platform/:tenant"] = "demo",
        });
    }

    /// <summary>A route of the page with something that is there in place of its parameters.</summary>
    public string Address(string route)
    {
        var page = route.Split('/')[0];
        return "/" + Parameter().Replace(route, match => _names.TryGetValue($"{page}/{match.Value}", out var name)
            ? name
            : throw new KeyNotFoundException($"The route {route} needs a sample of {match.Value}: enter it in Samples."));
    }

    [GeneratedRegex(@":\w+")]
    private static partial Regex Parameter();

    private sealed class Maker(OutriderStack outrider)
    {
        public async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
            using var response = await outrider.Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, text);
            return JsonSerializer.Deserialize<JsonElement>(text);
        }

        /// <summary>The alert of the rule that holds from the first measurement on.</summary>
        public async Task<string> AlertAsync()
        {
            string? id = null;
            await Eventually.SoAsync("an alert fires", async () =>
            {
                var page = await outrider.Client.GetFromJsonAsync<JsonElement>("/api/v1/alerts?rule=up");
                id = page.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("id").GetString()).FirstOrDefault();
                return id is not null;
            });
            return id!;
        }
    }
}
