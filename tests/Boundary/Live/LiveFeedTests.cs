using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Link;
using Outrider.Testing.Processes;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Live;

public sealed class LiveFeedTests
{
    [Fact]
    public async Task Subscribe_Anew_TellsTheWholeStateAndThenOnlyWhatChanges()
    {
        await using var live = await LiveCentre.StartAsync();
        var web = await live.AgentAsync("web-1");
        await live.AgentAsync("db-1");
        await web.MeasureAsync("host_cpu_percent", 5);
        await web.MeasureAsync("host_load1", 1);
        await web.MeasureAsync("queue", 1, labels: new { name = "a" });
        await web.MeasureAsync("queue", 2, labels: new { name = "b" });
        await using var viewer = await live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "web-*" }, metrics = new[] { "host_cpu_*", "queue" } }));
        Assert.Equal(new() { ["web-1"] = "online" }, state.Statuses);
        Assert.Equal(
            new() { [("web-1", "host_cpu_percent")] = 5, [("web-1", "queue{name=\"a\"}")] = 1, [("web-1", "queue{name=\"b\"}")] = 2 }, state.Values);

        await web.MeasureAsync("host_load1", 2);
        await web.MeasureAsync("queue", 2, labels: new { name = "b" });
        await web.MeasureAsync("host_cpu_percent", 6);
        await web.MeasureAsync("host_cpu_new", 7);
        await state.UntilAsync(viewer, now => now.Values.ContainsKey(("web-1", "host_cpu_new")));
        Assert.Equal((6, 2), (state.Values[("web-1", "host_cpu_percent")], state.Values[("web-1", "queue{name=\"b\"}")]));
        Assert.Equal((4, 5), (state.Values.Count, state.Told));
    }

    [Fact]
    public async Task Subscribe_Labels_NarrowByPattern()
    {
        await using var live = await LiveCentre.StartAsync();
        var web = await live.AgentAsync("web-1");
        foreach (var mount in new[] { "/", "/var", "/var/log", "/home" })
            await web.MeasureAsync("host_disk_percent", 1, labels: new { mount });
        await using var viewer = await live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(
            new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" }, labels = new { mount = "/var*" } }));
        Assert.Equal(["host_disk_percent{mount=\"/var\"}", "host_disk_percent{mount=\"/var/log\"}"], state.Values.Keys.Select(key => key.Series).Order());
    }

    [Fact]
    public async Task Link_BatchesOfARealLink_ReachTheViewerAndStatusesToo()
    {
        await using var live = await LiveCentre.StartAsync();
        var url = new UriBuilder(live.Centre.Url) { Scheme = "ws" }.Uri;
        var credential = RawAgent.NewCredential("acme");
        var hello = RawAgent.Hello("web-1", credential, await live.Centre.CreateTokenAsync("acme"));
        hello = hello with { Facts = hello.Facts with { Capabilities = [LinkProtocol.Metrics] } };
        await using var agent = await RawAgent.LinkAsync(url, hello);
        await using var viewer = await live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } }));
        Assert.Equal(new() { ["web-1"] = "online" }, state.Statuses);
        Assert.Empty(state.Values);

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await agent.SendBatchAsync(new MetricBatch("b", 1, [new(new Series("m"), [new(now, 1), new(now + 1, 2)]), new(new Series("nan"), [new(now, double.NaN)])]));
        Assert.Null((await agent.ReceiveAsync<MetricsAck>()).Problem);
        await state.UntilAsync(viewer, its => its.Values.Count == 2);
        Assert.Equal((2, double.NaN), (state.Values[("web-1", "m")], state.Values[("web-1", "nan")]));
        // What was spooled comes later and is older.
        await agent.SendBatchAsync(new MetricBatch("b", 2, [new(new Series("m"), [new(now - 1000, 9)]), new(new Series("late"), [new(now, 1)])]));
        await state.UntilAsync(viewer, its => its.Values.ContainsKey(("web-1", "late")));
        Assert.Equal(2, state.Values[("web-1", "m")]);
        agent.Abort();
        await state.UntilAsync(viewer, its => its.Statuses["web-1"] == "degraded");
    }

    [Fact]
    public async Task Agents_ThatComeAndGo_JoinAndLeave()
    {
        await using var live = await LiveCentre.StartAsync();
        await using var viewer = await live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "web-*", "db-1" } }));
        Assert.Empty(state.Statuses);
        await live.AgentAsync("web-1");
        await live.AgentAsync("app-1");
        await live.AgentAsync("db-1");
        await state.UntilAsync(viewer, its => its.Statuses.Count == 2);
        await live.Centre.Grains.Get<IAgent>("acme/web-1").RevokeAsync();
        await state.UntilAsync(viewer, its => !its.Statuses.ContainsKey("web-1"));
        Assert.Equal(new() { ["db-1"] = "online" }, state.Statuses);
    }

    [Fact]
    public async Task Updates_OfAFrozenSecond_AreOneOfTheNewestValue()
    {
        var time = new FakeTime();
        await using var live = await LiveCentre.StartAsync(time);
        var web = await live.AgentAsync("web-1");
        await using var viewer = await live.ViewAsync();
        var subscribe = new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } };
        await viewer.SubscribeAsync(subscribe);
        for (var value = 1; value <= 3; value++)
            await web.MeasureAsync("m", value, time.GetUtcNow() + TimeSpan.FromMilliseconds(value));
        // Another one that sees the newest value proves that it has come.
        await using var other = await live.ViewAsync();
        var others = new LiveState();
        others.Take(await other.SubscribeAsync(subscribe));
        Assert.Equal(3, others.Values[("web-1", "m")]);

        await viewer.SendAsync(new { type = "ping" });
        await viewer.ReceiveAsync("pong");
        time.Advance(TimeSpan.FromSeconds(1));
        var state = new LiveState();
        state.Take(await viewer.ReceiveAsync("update"));
        Assert.Equal((1, 3), (state.Told, state.Values[("web-1", "m")]));
    }

    [Fact]
    public async Task Feed_WithAGap_IsMadeUpForFromTheStore()
    {
        await using var live = await LiveCentre.StartAsync();
        var web = await live.AgentAsync("web-1");
        await web.MeasureAsync("m", 1);
        await using var viewer = await live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } }));
        await web.MeasureAsync("m", 2);
        await state.UntilAsync(viewer, its => its.Values[("web-1", "m")] == 2);

        // Stored without a word, as when a node dies between the two.
        var store = live.Centre.App.Services.GetRequiredService<IMetricStore>();
        var later = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1000;
        var missed = new MetricBatch("missed", 1, [new(new Series("m"), [new(later, 3)]), new(new Series("only_there"), [new(later, 4)])]);
        Assert.True((await store.AppendAsync("acme", "web-1", MetricBatchCodec.Encode(missed).Value!, default)).Ok);
        await web.MeasureAsync("next", 5);
        await state.UntilAsync(viewer, its => its.Gaps.Contains("web-1") && its.Values.Count == 3);
        Assert.Equal((3, 4, 5), (state.Values[("web-1", "m")], state.Values[("web-1", "only_there")], state.Values[("web-1", "next")]));
    }

    [Fact]
    public async Task Viewers_OfOneAgent_ShareItAndLetItGo()
    {
        await using var live = await LiveCentre.StartAsync();
        var web = await live.AgentAsync("web-1");
        await web.MeasureAsync("a", 1);
        await web.MeasureAsync("b", 1);
        await using (var first = await live.ViewAsync())
        await using (var second = await live.ViewAsync())
        {
            var (a, b) = (new LiveState(), new LiveState());
            a.Take(await first.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "a" } }));
            b.Take(await second.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "b" } }));
            Assert.Equal(("a", "b"), (a.Values.Keys.Single().Series, b.Values.Keys.Single().Series));
            Assert.Equal((2, 1), (await MeterAsync(live, "outrider_live_viewers"), await MeterAsync(live, "outrider_live_agents")));
            await first.SendAsync(new { type = "unsubscribe", id = "s" });
            Assert.Equal("s", (await first.ReceivePastUpdatesAsync("unsubscribed")).GetProperty("id").GetString());
            await web.MeasureAsync("b", 2);
            await b.UntilAsync(second, its => its.Values[("web-1", "b")] == 2);
        }
        await Eventually.SoAsync("nobody looks any more", async () =>
            await MeterAsync(live, "outrider_live_viewers") == 0 && await MeterAsync(live, "outrider_live_agents") == 0, () => false, () => "");
        Assert.True(await MeterAsync(live, "outrider_live_updates_total") >= 3);
    }

    [Fact]
    public async Task Centre_Restarted_TellsWhyAndServesWhoComesBack()
    {
        await using var live = await LiveCentre.StartAsync();
        var web = await live.AgentAsync("web-1");
        await web.MeasureAsync("m", 1);
        await using var viewer = await live.ViewAsync();
        await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } });
        var restarting = live.Centre.RestartAsync();
        Assert.Equal("unavailable", await viewer.ClosedAsync());
        await restarting;
        await using var again = await live.ViewAsync();
        var state = new LiveState();
        state.Take(await again.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } }));
        Assert.Equal(1, state.Values[("web-1", "m")]);
    }

    [Fact]
    public async Task State_OfThousandsOfSeries_ComesInSeveralFramesAndWhole()
    {
        await using var live = await LiveCentre.StartAsync();
        var web = await live.AgentAsync("web-1");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var batch = new MetricBatch("b", 1, [.. Enumerable.Range(0, 5_000).Select(i => new SeriesSamples(new Series("m", new Label("i", $"{i}")), [new(now, i)]))]);
        Assert.Equal(200, (await web.PostAsync("report?server_name=web-1", MetricBatchCodec.Encode(batch).Value!, "application/octet-stream", null)).Status);
        await using var viewer = await live.ViewAsync();
        var frames = await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } });
        Assert.True(frames.Count > 3);
        Assert.All(frames, frame => Assert.True(frame.GetRawText().Length < 70_000));
        var state = new LiveState();
        state.Take(frames);
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => (double)i), state.Values.Values.Order());
    }

    private static async Task<double> MeterAsync(LiveCentre live, string name)
    {
        using var client = live.Centre.Client(null);
        var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return Rest.PrometheusText.Parse(page).Samples.GetValueOrDefault(name);
    }
}
