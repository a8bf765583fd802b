using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>kill -9 in the middle of a stream of queries.</summary>
public sealed class KillTests
{
    /// <summary>What a caller may be told while a part is gone.</summary>
    private static readonly string[] s_clear = ["link_lost", "agent_offline", "unavailable", "canceled"];

    [Fact]
    public async Task Kill_AgentThenCentre_BothComeBackAndNothingAcknowledgedIsLost()
    {
        await using var stack = await DemoStack.StartAsync("healthy");
        var outrider = stack.Outrider;
        using var stop = new CancellationTokenSource();
        var stream = new QueryStream(outrider);
        var running = stream.RunAsync(stop.Token);

        await stream.AcknowledgedAsync(20);
        await outrider.Agent.KillAsync();
        await outrider.StartAgentAsync();
        await stream.AcknowledgedAsync(stream.Acknowledged + 20);
        await outrider.Centre.KillAsync();
        await outrider.StartCentreAsync();
        await outrider.AgentAnswersAsync();
        await stream.AcknowledgedAsync(stream.Acknowledged + 20);
        await stop.CancelAsync();
        await running;

        Assert.All(stream.Problems, code => Assert.Contains(code, s_clear));
        await AssertRememberedAsync(outrider, stream.Acknowledged);
    }

    [Fact]
    public async Task Kill_CentreManyTimes_EveryAcknowledgedKeyStaysGood()
    {
        await using var stack = await DemoStack.StartAsync("healthy");
        var outrider = stack.Outrider;
        var keys = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                using var response = await outrider.Client.PostAsJsonAsync("/api/v1/tenants/demo/keys", new { name = $"k{round}-{i}", role = "viewer" });
                response.EnsureSuccessStatusCode();
                keys.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!);
            }
            await outrider.Centre.KillAsync();
            await outrider.StartCentreAsync();
        }

        foreach (var key in keys)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(outrider.Url, "/api/v1/agents"));
            request.Headers.Add("X-API-Key", key);
            using var client = new HttpClient();
            using var response = await client.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode);
        }
    }

    /// <summary>Nothing acknowledged is lost: not from the count, not from either audit.</summary>
    internal static async Task AssertRememberedAsync(OutriderStack outrider, int acknowledged)
    {
        await CentreRemembersAsync(outrider, acknowledged);
        await AgentRemembersAsync(outrider, acknowledged);
    }

    /// <summary>The month's count is never too low, and each statement stands in the centre's audit.</summary>
    private static async Task CentreRemembersAsync(OutriderStack outrider, int acknowledged)
    {
        var tenant = await outrider.Client.GetFromJsonAsync<JsonElement>("/api/v1/tenants/demo");
        Assert.True(tenant.GetProperty("usage").GetProperty("queries").GetInt64() >= acknowledged);
        var audited = 0;
        string? before = null;
        do
        {
            var page = await outrider.Client.GetFromJsonAsync<JsonElement>("/api/v1/audit?limit=100" + (before is null ? "" : $"&before={Uri.EscapeDataString(before)}"));
            var entries = page.GetProperty("entries").EnumerateArray().ToList();
            audited += entries.Count(entry => entry.GetProperty("action").GetString() == "sql.run" && entry.GetProperty("outcome").GetString() == "ok");
            before = entries.Count == 100 ? entries[^1].GetProperty("at").GetString() : null;
        }
        while (before is not null);
        Assert.True(audited >= acknowledged, $"{audited} of {acknowledged} acknowledged statements are in the centre's audit");
    }

    /// <summary>The chain is whole, and each statement that was answered stands in it as finished.</summary>
    private static async Task AgentRemembersAsync(OutriderStack outrider, int acknowledged)
    {
        var file = Path.Combine(outrider.Data, "agent", "audit.jsonl");
        await ChildProcess.RunAsync(Programs.Agent, ["audit", "verify", file]);
        Assert.True(File.ReadLines(file).Count(line => line.Contains("\"event\":\"finished\"") && line.Contains("\"outcome\":\"success\"")) >= acknowledged);
    }
}
