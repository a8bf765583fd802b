using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Alerts;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>From a real agent's measurement to a receiver's door, with the centre killed on the way.</summary>
public sealed class AlertTests
{
    [Fact]
    public async Task Alert_ReceiverIsAwayAndTheCentreIsKilled_IsToldAndSoIsItsEnd()
    {
        await using var receiver = new AlertReceiver { Refuses = true };
        await using var stack = await DemoStack.StartAsync("healthy");
        await SendAsync(stack, HttpMethod.Put, "/api/v1/channels/ops", new { type = "webhook", url = receiver.Url.ToString(), @default = true });
        await SendAsync(stack, HttpMethod.Post, "/api/v1/rules", new { id = "up", name = "It is up", metric = "host_uptime_seconds", threshold = 0 });
        await UntilAsync(stack, "it was tried to be told", async () =>
            (await NotificationsAsync(stack)).Any(one => one.GetProperty("attempts").GetInt32() > 0));
        Assert.Empty(receiver.Told);

        await stack.Outrider.Centre.KillAsync();
        receiver.Refuses = false;
        await stack.Outrider.StartCentreAsync();
        await UntilAsync(stack, "it is told after all", () => Task.FromResult(receiver.Ids("fired").Count > 0));

        // Killed between an alert and its end: it is known again.
        await stack.Outrider.Centre.KillAsync();
        await stack.Outrider.StartCentreAsync();
        await SendAsync(stack, HttpMethod.Put, "/api/v1/rules/up",
            new { name = "It is up", metric = "host_uptime_seconds", @operator = "<", threshold = 0 });
        await UntilAsync(stack, "its end is told", () => Task.FromResult(receiver.Ids("resolved").Count > 0));
        Assert.Equal(receiver.Ids("fired"), receiver.Ids("resolved"));
        Assert.Single(receiver.Ids("fired"));
        Assert.Equal("demo", receiver.Told.First().GetProperty("agent").GetString());
    }

    private static async Task<List<JsonElement>> NotificationsAsync(DemoStack stack) =>
        [.. (await stack.Outrider.Client.GetFromJsonAsync<JsonElement>("/api/v1/channels/ops/notifications")).GetProperty("notifications").EnumerateArray()];

    private static async Task SendAsync(DemoStack stack, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await stack.Outrider.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task UntilAsync(DemoStack stack, string what, Func<Task<bool>> isSo) =>
        Eventually.SoAsync(what, isSo, () => stack.Outrider.Centre.HasExited, () => stack.Outrider.Centre.Output);
}
