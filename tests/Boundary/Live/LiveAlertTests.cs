using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Alerts;
using Outrider.Grains.Runtime;
using Outrider.Testing.Alerts;

namespace Outrider.Tests.Boundary.Live;

/// <summary>Alerts in the live feed.</summary>
public sealed class LiveAlertTests
{
    [Fact]
    public async Task Subscribe_Alerts_TellsThoseThatFireAndThenWhatChanges()
    {
        await using var live = await LiveCentre.StartAsync();
        var store = live.Centre.App.Services.GetRequiredService<IAlertStore>();
        var alert = SomeAlert.Of("a1", "web-1", DateTimeOffset.UnixEpoch.AddDays(20_000));
        await store.SaveAsync("acme", [alert, SomeAlert.Of("a2", "db-1", alert.FiredAt)], [], default);
        await store.SaveAsync("evil", [SomeAlert.Of("e1", "web-1", alert.FiredAt)], [], default);
        await using var viewer = await live.ViewAsync();
        var first = await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "web-*" }, alerts = true });
        Assert.Equal(["a1 firing"], Told(first));

        await PublishAsync(live, "evil", SomeAlert.Of("e2", "web-1", alert.FiredAt));
        await PublishAsync(live, "acme", SomeAlert.Of("a3", "db-1", alert.FiredAt));
        await PublishAsync(live, "acme", alert with { State = AlertState.Resolved, ChangedAt = alert.ChangedAt.AddSeconds(1) });
        Assert.Equal(["a1 resolved"], Told([await viewer.ReceiveAsync("update")]));
    }

    [Fact]
    public async Task Subscribe_WithoutAlerts_TellsNone()
    {
        await using var live = await LiveCentre.StartAsync();
        var store = live.Centre.App.Services.GetRequiredService<IAlertStore>();
        await store.SaveAsync("acme", [SomeAlert.Of("a1", "web-1", DateTimeOffset.UnixEpoch)], [], default);
        await using var viewer = await live.ViewAsync();
        var first = await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" } });
        Assert.False(first[0].TryGetProperty("alerts", out _));
    }

    private static List<string> Told(List<JsonElement> frames) =>
    [
        .. frames.Where(frame => frame.TryGetProperty("alerts", out _)).SelectMany(frame => frame.GetProperty("alerts").EnumerateArray())
            .Select(alert => $"{alert.GetProperty("id")} {alert.GetProperty("state")}"),
    ];

    private static async Task PublishAsync(LiveCentre live, string tenant, Alert alert) =>
        await live.Centre.App.Services.GetRequiredService<IFeeds>()
            .PublishAsync(AlertChange.Feed, tenant, new FeedItem<AlertChange>(0, new AlertChange(alert)));
}
