using System.Net;
using System.Net.WebSockets;
using System.Text;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Gateway;

/// <summary>Whatever an agent does wrong ends in a clear error and a closed link, never in a dead gateway.</summary>
public sealed class GatewayViolationTests
{
    /// <summary>By name: what is done, on a link that is registered unless the name says otherwise, and the code that answers it.</summary>
    private static readonly Dictionary<string, (string Code, Func<RawAgent, Task> Act)> s_violations = new()
    {
        ["text frame over the cap"] = (ProblemCodes.FrameTooLarge, a => a.SendTextAsync(new string(' ', LinkProtocol.MaxTextBytes + 1))),
        ["text frame far over the cap in pieces"] = (ProblemCodes.FrameTooLarge, async a =>
        {
            for (var i = 0; i < 64; i++)
                await a.SendAsync(new byte[64 * 1024].Select(_ => (byte)' ').ToArray(), WebSocketMessageType.Text, end: false);
        }),
        ["binary frame over the cap"] = (ProblemCodes.FrameTooLarge, a => a.SendAsync(new byte[BlockCodec.MaxFrameBytes + 1], WebSocketMessageType.Binary)),
        ["unknown type"] = (ProblemCodes.FrameUnknownType, a => a.SendTextAsync("""{"type":"dance","seq":2,"ts":0,"data":{}}""")),
        ["type of a capability not agreed on"] = (ProblemCodes.FrameUnknownType, a => a.SendTextAsync("""{"type":"service_state","seq":2,"ts":0,"data":{}}""")),
        ["no JSON"] = (ProblemCodes.FrameMalformed, a => a.SendTextAsync("hello")),
        ["empty text frame"] = (ProblemCodes.FrameMalformed, a => a.SendTextAsync("")),
        ["deep JSON"] = (ProblemCodes.FrameMalformed, a => a.SendTextAsync(new string('[', 200_000))),
        ["binary garbage"] = (ProblemCodes.FrameMalformed, a => a.SendAsync(Enumerable.Repeat((byte)0xFF, 500).ToArray(), WebSocketMessageType.Binary)),
        ["empty binary frame"] = (ProblemCodes.FrameMalformed, a => a.SendAsync(default, WebSocketMessageType.Binary)),
        ["block of a reserved kind"] = (ProblemCodes.FrameUnknownType, a => a.SendAsync(new byte[] { 0x12, 1, (byte)'a', 0, 0, 0, 0 }, WebSocketMessageType.Binary)),
        ["block of no task"] = (ProblemCodes.FrameOutOfOrder, a => a.SendBlockAsync("nothing", 0, [1])),
        ["end of no task"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new TaskComplete { TaskId = "nothing", Status = TaskStatuses.Success })),
        ["second register"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(RawAgent.Hello("bad", RawAgent.NewCredential()))),
        ["gap in seq"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new Heartbeat(), 3, null)),
        ["seq again"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new Heartbeat(), 1, null)),
        ["frame of the centre"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new TaskCancel("t"))),
        ["answer to a metric batch, from an agent"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new MetricsAck("b", 1))),
        ["unregistered: end of a task"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new TaskComplete { TaskId = "t", Status = TaskStatuses.Success })),
        ["unregistered: heartbeat"] = (ProblemCodes.FrameOutOfOrder, a => a.SendAsync(new Heartbeat())),
        ["unregistered: block"] = (ProblemCodes.FrameOutOfOrder, a => a.SendBlockAsync("t", 0, [1])),
        ["unregistered: no version in common"] = (ProblemCodes.ProtocolVersion, a => a.SendAsync(RawAgent.Hello("bad", RawAgent.NewCredential()) with { Versions = [2, 3] })),
        ["unregistered: impossible name"] = (ProblemCodes.InvalidArgument, a => a.SendAsync(RawAgent.Hello("a/b", RawAgent.NewCredential()))),
        ["unregistered: impossible credential"] = (ProblemCodes.Unauthenticated, a => a.SendAsync(RawAgent.Hello("bad", RawAgent.NewCredential()) with { Credential = "ork.demo.x.y" })),
        ["unregistered: credential of a tenant with a slash"] = (ProblemCodes.Unauthenticated, a => a.SendAsync(RawAgent.Hello("bad", RawAgent.NewCredential("demo/other")))),
        ["unregistered: credential without a token"] = (ProblemCodes.Unauthenticated, a => a.SendAsync(RawAgent.Hello("bad", RawAgent.NewCredential()))),
        ["unregistered: token of another tenant"] = (ProblemCodes.Unauthenticated, a => a.SendAsync(RawAgent.Hello("bad", RawAgent.NewCredential(), "ort.other.id.secret"))),
    };

    public static TheoryData<string> Violations => [.. s_violations.Keys];

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Link_Violated_IsClosedWithAClearError(string violation)
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = violation.StartsWith("unregistered") ? await RawAgent.DialAsync(host.Url) : await host.LinkAsync("bad");
        var (code, act) = s_violations[violation];
        await act(agent);
        var error = await agent.ClosedAsync();
        Assert.Equal(code, error.Code);
        Assert.True(error.Message.Length > 20, error.Message);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, agent.CloseStatus);
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Link_InvalidUtf8_IsClosedByTheWebSocketItself()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("bad");
        await agent.SendAsync(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, WebSocketMessageType.Text);
        await agent.UntilClosedAsync();
        // The connection may be gone before its close frame was read.
        Assert.True(agent.CloseStatus is WebSocketCloseStatus.InvalidPayloadData or null, $"{agent.CloseStatus}");
        await host.AssertServesAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":\"agent_regi")]
    public async Task Link_HalfAFrameThenSilence_IsClosedAfterTenSeconds(string half)
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await RawAgent.DialAsync(host.Url);
        await agent.SendAsync(Encoding.UTF8.GetBytes(half), WebSocketMessageType.Text, end: false);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ProblemCodes.TimedOut, (await agent.ClosedAsync()).Code);
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Link_SilentFor90Seconds_IsClosed()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("bad");
        host.Time.Advance(LinkProtocol.Silence);
        Assert.Equal(ProblemCodes.TimedOut, (await agent.ClosedAsync()).Code);
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Link_PeerThatStopsReading_IsGivenUpAndItsTasksAreLost()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("bad");
        var command = new string('x', 200_000);
        // More than all buffers between them hold, so that the sender really waits.
        var results = Enumerable.Range(0, LinkProtocol.MaxTasks)
            .Select(i => host.RunAsync("bad", GatewayHost.Task($"t-{i}", RandomText(command.Length, i)))).ToList();
        await host.UntilAsync(() => Task.FromResult(results.TrueForAll(r => r.IsCompleted)));
        Assert.All(await Task.WhenAll(results), r => Assert.Equal(TaskStatuses.Lost, r.Completion.Status));
        await agent.UntilClosedAsync();
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Link_PeerThatAsksAndDoesNotRead_IsGivenUp()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var agent = await host.LinkAsync("bad");
        // Off this thread: as long as the gateway takes them, the sends never wait.
        var asking = Task.Run(() => AskAsync(agent));
        await host.UntilAsync(() => Task.FromResult(asking.IsCompleted));
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Dial_WithoutTheSubProtocol_IsRefused()
    {
        await using var host = await GatewayHost.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(host.Url, LinkProtocol.Path), CancellationToken.None));
        Assert.Equal(HttpStatusCode.BadRequest, socket.HttpStatusCode);
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Dial_AsAPlainRequest_IsToldWhatIsSpokenHere()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://{host.Url.Authority}{LinkProtocol.Path}"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("WebSocket", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_AfterManyFailedRegistrations_Is429UntilTheMinuteIsOver()
    {
        await using var host = await GatewayHost.StartAsync(o => o.FailedRegistrationsPerMinute = 3);
        for (var i = 0; i < 3; i++)
            await RawAgent.RefusedAsync(host.Url, RawAgent.Hello("bad", RawAgent.NewCredential()));
        await host.UntilAsync(() => Task.FromResult(host.Gateway.Links == 0), step: 0);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(LinkProtocol.SubProtocol);
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(host.Url, LinkProtocol.Path), CancellationToken.None));
        Assert.Equal(HttpStatusCode.TooManyRequests, socket.HttpStatusCode);
        Assert.True(socket.HttpResponseHeaders!.ContainsKey("Retry-After"));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.AssertServesAsync();
    }

    [Fact]
    public async Task Dial_PastTheCaps_Is503()
    {
        await using var host = await GatewayHost.StartAsync(o => o.MaxUnregistered = 1);
        await using var first = await RawAgent.DialAsync(host.Url);
        // All at once: the place must be counted before a dial is answered.
        var dials = Enumerable.Range(0, 8).Select(_ => Task.Run(() => RawAgent.DialAsync(host.Url)));
        foreach (var dial in dials.ToList())
            await Assert.ThrowsAsync<WebSocketException>(() => dial);
        await first.RegisterAsync(RawAgent.Hello("one", RawAgent.NewCredential(), host.Token));
        await host.AssertServesAsync();
    }

    /// <summary>Asks until the centre has hung up.</summary>
    private static async Task AskAsync(RawAgent agent)
    {
        try
        {
            while (true)
                await agent.SendAsync(new Heartbeat(), new string('q', LinkProtocol.MaxIdLength));
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // That was wanted.
        }
    }

    /// <summary>Text that deflate can't make small.</summary>
    private static string RandomText(int length, int seed)
    {
        var bytes = new byte[length / 2];
        new Random(seed).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }
}
