using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Live;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Link;
using Outrider.Testing.Processes;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Live;

/// <summary>Who may look, at what, and how much of it.</summary>
public sealed class LiveRefusalTests : IAsyncLifetime
{
    /// <summary>By name: the code that ends the socket, and what is done on one that was let in.</summary>
    private static readonly Dictionary<string, (string Code, Func<RawViewer, Task> Act)> s_fatal = new()
    {
        ["no JSON"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync("hello")),
        ["empty"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync("")),
        ["null"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync("null")),
        ["deep"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync(new string('[', 100_000))),
        ["unknown member"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync("""{"type":"subscribe","id":"s","agents":["*"],"alerts":["*"]}""")),
        ["no type"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync("{}")),
        ["wrong type"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendTextAsync("""{"type":"subscribe","agents":"*"}""")),
        ["binary"] = (ProblemCodes.InvalidArgument, viewer => viewer.SendAsync([1, 2, 3], WebSocketMessageType.Binary)),
        ["large"] = (ProblemCodes.FrameTooLarge, viewer => viewer.SendTextAsync(new string(' ', 300_000))),
        ["large in pieces"] = (ProblemCodes.FrameTooLarge, async viewer =>
        {
            for (var i = 0; i < 64; i++)
                await viewer.SendAsync(Encoding.UTF8.GetBytes(new string(' ', 64 * 1024)), WebSocketMessageType.Text, end: false);
        }),
    };

    /// <summary>By name: the code of an error after which the socket goes on, and the frame.</summary>
    private static readonly Dictionary<string, (string Code, string Frame)> s_errors = new()
    {
        ["unknown type"] = (ProblemCodes.InvalidArgument, """{"type":"dance"}"""),
        ["auth again"] = (ProblemCodes.InvalidArgument, """{"type":"auth","key":"x"}"""),
        ["no id"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","agents":["*"]}"""),
        ["no agents"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","id":"s"}"""),
        ["null among agents"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","id":"s","agents":[null]}"""),
        ["another tenant's key"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","id":"s","agents":["evil/web-1"]}"""),
        ["impossible metric"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","id":"s","agents":["*"],"metrics":["a b"]}"""),
        ["labels without metrics"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","id":"s","agents":["*"],"labels":{"a":"b"}}"""),
        ["label of the centre's own"] = (ProblemCodes.InvalidArgument, """{"type":"subscribe","id":"s","agents":["*"],"metrics":["*"],"labels":{"tenant":"evil"}}"""),
        ["too many patterns"] = (ProblemCodes.InvalidArgument,
            $$"""{"type":"subscribe","id":"s","agents":[{{string.Join(',', Enumerable.Repeat("\"a\"", 65))}}]}"""),
        ["unsubscribe of nothing"] = (ProblemCodes.NotFound, """{"type":"unsubscribe","id":"nothing"}"""),
    };

    private LiveCentre _live = null!;

    public static TheoryData<string> Fatal => [.. s_fatal.Keys];

    public static TheoryData<string> Errors => [.. s_errors.Keys];

    private LiveOptions Options => _live.Centre.App.Services.GetRequiredService<LiveOptions>();

    public async Task InitializeAsync() => _live = await LiveCentre.StartAsync();

    public async Task DisposeAsync() => await _live.DisposeAsync();

    [Theory]
    [MemberData(nameof(Fatal))]
    public async Task Frame_Hostile_EndsTheSocketWithAClearError(string name)
    {
        var (code, act) = s_fatal[name];
        await using var viewer = await _live.ViewAsync();
        await act(viewer);
        Assert.Equal(code, await viewer.ClosedAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, viewer.CloseStatus);
        await AssertServesAsync();
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Frame_Wrong_IsAnsweredAndTheSocketGoesOn(string name)
    {
        var (code, frame) = s_errors[name];
        await using var viewer = await _live.ViewAsync();
        await viewer.SendTextAsync(frame);
        Assert.Equal(code, await viewer.ErrorAsync());
        await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" } });
        await viewer.SendTextAsync("""{"type":"subscribe","id":"s","agents":["*"]}""");
        Assert.Equal(ProblemCodes.Conflict, await viewer.ErrorAsync());
    }

    [Fact]
    public async Task Key_AsFirstFrameOrSubProtocol_LetsABrowserIn()
    {
        await using var first = await RawViewer.OpenAsync(_live.Centre.Url);
        await first.SendAsync(new { type = "auth", key = _live.Key });
        await first.ReceiveAsync("ready");

        await using var second = await RawViewer.OpenAsync(_live.Centre.Url, options =>
        {
            options.AddSubProtocol("outrider.live.v1");
            options.AddSubProtocol(_live.Key);
        });
        await second.ReceiveAsync("ready");
        Assert.Equal("outrider.live.v1", second.SubProtocol);
    }

    [Fact]
    public async Task Key_ThatIsNone_IsRefusedInEachWay()
    {
        var evil = await _live.Centre.CreateKeyAsync("evil", Role.Viewer);
        await _live.Centre.Grains.Get<ITenant>("evil").UpdateAsync(new TenantUpdate { Enabled = false });
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(options => options.SetRequestHeader("Authorization", "Bearer ork.acme.no.no")));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(options => options.AddSubProtocol("ork.acme.no.no")));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(options => options.SetRequestHeader("X-API-Key", evil)));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(options =>
            options.SetRequestHeader("X-API-Key", _live.Centre.Platform.DefaultRequestHeaders.Authorization!.Parameter)));
        Assert.Equal(HttpStatusCode.BadRequest, await RefusedAsync(_ => { }, $"/ws?key={_live.Key}"));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(options =>
        {
            options.SetRequestHeader("X-API-Key", _live.Key);
            options.SetRequestHeader("Origin", "https://evil.example");
        }));
        foreach (var frame in new[] { """{"type":"auth","key":"ork.acme.no.no"}""", """{"type":"auth"}""", """{"type":"ping"}""" })
        {
            await using var viewer = await RawViewer.OpenAsync(_live.Centre.Url);
            await viewer.SendTextAsync(frame);
            Assert.Equal(ProblemCodes.Unauthenticated, await viewer.ClosedAsync());
        }
        using var client = _live.Centre.Client(_live.Key);
        using var plain = await client.GetAsync(new Uri("/ws", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
    }

    [Fact]
    public async Task Viewer_OfOneTenant_SeesNothingOfAnother()
    {
        var evil = await _live.AgentAsync("web-1", "evil");
        var web = await _live.AgentAsync("web-1");
        await evil.MeasureAsync("m", 666);
        await web.MeasureAsync("m", 1);
        await using var viewer = await _live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } }));
        await evil.MeasureAsync("m", 667);
        await evil.MeasureAsync("secret", 668);
        await web.MeasureAsync("m", 2);
        await state.UntilAsync(viewer, its => its.Values[("web-1", "m")] == 2);
        Assert.Equal(new() { [("web-1", "m")] = 2 }, state.Values);
    }

    [Fact]
    public async Task Key_RevokedOrTenantDisabled_EndsTheSocket()
    {
        await using var viewer = await _live.ViewAsync();
        await _live.Centre.Grains.Get<ITenant>("acme").RevokeKeyAsync(_live.Key.Split('.')[2]);
        Assert.Equal(ProblemCodes.Unauthenticated, await viewer.ClosedAsync());

        await using var other = await RawViewer.ConnectAsync(_live.Centre.Url, await _live.Centre.CreateKeyAsync("evil", Role.Operator));
        await _live.Centre.Grains.Get<ITenant>("evil").UpdateAsync(new TenantUpdate { Enabled = false });
        Assert.Equal(ProblemCodes.TenantDisabled, await other.ClosedAsync());
    }

    [Fact]
    public async Task Bounds_OfViewersAndSubscriptions_AreTold()
    {
        (Options.MaxViewersPerTenant, Options.MaxSubscriptions) = (1, 1);
        await using var viewer = await _live.ViewAsync();
        await using var second = await RawViewer.OpenAsync(_live.Centre.Url, options => options.SetRequestHeader("X-API-Key", _live.Key));
        Assert.Equal(ProblemCodes.QuotaExceeded, await second.ClosedAsync());
        await using (await RawViewer.ConnectAsync(_live.Centre.Url, await _live.Centre.CreateKeyAsync("evil", Role.Viewer)))
        {
            Options.MaxViewers = 2;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefusedAsync(options => options.SetRequestHeader("X-API-Key", _live.Key)));
        }
        await viewer.SubscribeAsync(new { type = "subscribe", id = "a", agents = new[] { "*" } });
        await viewer.SendAsync(new { type = "subscribe", id = "b", agents = new[] { "*" } });
        Assert.Equal(ProblemCodes.QuotaExceeded, await viewer.ErrorAsync());
    }

    [Fact]
    public async Task Bounds_OfAgentsAndSeries_RefuseAtFirstAndLeaveOutLater()
    {
        (Options.MaxAgents, Options.MaxSeries) = (1, 2);
        var web = await _live.AgentAsync("web-1");
        await web.MeasureAsync("a", 1);
        await web.MeasureAsync("b", 1);
        await using var viewer = await _live.ViewAsync();
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } }));
        await web.MeasureAsync("c", 1);
        Assert.Equal(ProblemCodes.SeriesLimit, await viewer.ErrorAsync());
        await web.MeasureAsync("a", 2);
        await state.UntilAsync(viewer, its => its.Values[("web-1", "a")] == 2);
        Assert.Equal(2, state.Values.Count);

        await using var late = await _live.ViewAsync();
        await late.SendTextAsync("""{"type":"subscribe","id":"s","agents":["*"],"metrics":["*"]}""");
        Assert.Equal(ProblemCodes.SeriesLimit, await late.ErrorAsync());
        await _live.AgentAsync("web-2");
        await late.SendTextAsync("""{"type":"subscribe","id":"s","agents":["*"]}""");
        Assert.Equal(ProblemCodes.QuotaExceeded, await late.ErrorAsync());
        await late.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "web-2" } });
    }

    [Fact]
    public async Task Socket_ThatSaysNothing_IsClosedAfterTenSeconds()
    {
        var time = new FakeTime();
        await using var live = await LiveCentre.StartAsync(time);
        await using var viewer = await RawViewer.OpenAsync(live.Centre.Url);
        var closed = viewer.ClosedAsync();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!closed.IsCompleted && await pause.WaitForNextTickAsync())
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ProblemCodes.TimedOut, await closed);
    }

    [Fact]
    public async Task Viewer_ThatDoesNotRead_IsGivenUpAndHoldsNobodyUp()
    {
        Options.Stall = TimeSpan.FromMilliseconds(500);
        var web = await _live.AgentAsync("web-1");
        await using var deaf = await _live.ViewAsync();
        await using var viewer = await _live.ViewAsync();
        var subscribe = new { type = "subscribe", id = "s", agents = new[] { "*" }, metrics = new[] { "*" } };
        await deaf.SendAsync(subscribe);
        var state = new LiveState();
        state.Take(await viewer.SubscribeAsync(subscribe));
        // More than all buffers between them hold; each is told anew, as all of it changes.
        for (var round = 1UL; round <= 40; round++)
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var batch = new MetricBatch("b", round, [.. Enumerable.Range(0, 9_000).Select(i => new SeriesSamples(new Series("m", new Label("i", $"{i}")), [new(now, round)]))]);
            Assert.Equal(200, (await web.PostAsync("report?server_name=web-1", MetricBatchCodec.Encode(batch).Value!, "application/octet-stream", null)).Status);
            await state.UntilAsync(viewer, its => its.Values.Count == 9_000 && its.Values.Values.All(value => value == round));
        }
        await deaf.UntilOverAsync();
        await Eventually.SoAsync("only the other one is left", async () => await ViewersAsync() == 1, () => false, () => "");
    }

    private async Task<HttpStatusCode> RefusedAsync(Action<ClientWebSocketOptions> configure, string path = "/ws")
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure(socket.Options);
        var url = new Uri(new UriBuilder(_live.Centre.Url) { Scheme = "ws" }.Uri, path);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(url, CancellationToken.None));
        return socket.HttpStatusCode;
    }

    private async Task AssertServesAsync()
    {
        await using var viewer = await _live.ViewAsync();
        await viewer.SubscribeAsync(new { type = "subscribe", id = "s", agents = new[] { "*" } });
    }

    private async Task<double> ViewersAsync()
    {
        using var client = _live.Centre.Client(null);
        return Rest.PrometheusText.Parse(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Samples["outrider_live_viewers"];
    }
}
