using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers;
using Outrider.Notifiers.Http;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Processes;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Notifications;

public sealed class HttpReceiverTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_577_836_800_000);

    private readonly FakeTime _time = new(s_at);
    private Notifier _notifier = null!;
    private ReceiverServer _server = null!;

    public async Task InitializeAsync()
    {
        _notifier = new Notifier(new AddressRules(AllowPrivate: true), _time);
        _server = await ReceiverServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _notifier.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Webhook_Message_IsPostedOnceAsData()
    {
        var channel = Channel(ChannelType.Webhook) with { Headers = new() { ["X-Team"] = "ops", ["User-Agent"] = "mine" } };
        var result = await SendAsync(channel);

        Assert.Equal(new DeliveryResult(true, "HTTP 200"), result);
        var (target, headers, body) = Assert.Single(_server.Requests);
        Assert.Equal(("/hook?a=b", "ops", "mine", "application/json; charset=utf-8"),
            (target, headers["X-Team"].Single(), headers.UserAgent.Single(), headers.ContentType.Single()));
        Assert.Equal(("outrider", 1_577_836_800), (body.GetProperty("source").GetString(), body.GetProperty("timestamp").GetInt64()));
        Assert.Equal("[Firing] 磁盘 · prod-1 (critical)", body.GetProperty("title").GetString());
        Assert.Contains("93.4%", body.GetProperty("content").GetString());
        Assert.Equal(
            """
            {"notification_id":"a1-fired","kind":"fired","id":"a1","state":"firing","rule":"disk","rule_name":"磁盘","severity":"critical","agent":"prod-1","metric":"host_disk_percent","labels":{"mountPoint":"/var"},"condition":"host_disk_percent > 85","value":93.4,"threshold":85,"started_at":"2020-01-01T00:00:00+00:00","fired_at":"2020-01-01T00:00:00+00:00"}
            """, body.GetProperty("alerts")[0].GetRawText());
    }

    [Fact]
    public async Task Webhook_ValueThatIsNoNumber_IsLeftOut()
    {
        await SendAsync(Channel(ChannelType.Webhook), Notification() with { Alert = Notification().Alert with { Value = double.NaN } });
        Assert.False(_server.Requests.Single().Body.GetProperty("alerts")[0].TryGetProperty("value", out _));
    }

    [Theory]
    [InlineData(204, true, false)]
    [InlineData(400, false, true)]
    [InlineData(401, false, false)]
    [InlineData(404, false, false)]
    [InlineData(413, false, true)]
    [InlineData(429, false, false)]
    [InlineData(500, false, false)]
    [InlineData(503, false, false)]
    public async Task Webhook_Status_DecidesWhetherItIsTriedAgain(int status, bool delivered, bool permanent)
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        Assert.Equal(new DeliveryResult(delivered, $"HTTP {status}", permanent), await SendAsync(Channel(ChannelType.Webhook)));
    }

    [Fact]
    public async Task Webhook_RedirectToMetadata_IsNotFollowed()
    {
        var other = await ReceiverServer.StartAsync();
        _server.Answer = context =>
        {
            context.Response.Redirect(context.Request.QueryString.HasValue ? other.Url : "http://169.254.169.254/latest/");
            return Task.CompletedTask;
        };
        Assert.Equal(new DeliveryResult(false, "HTTP 302: the receiver redirects, which is not followed."), await SendAsync(Channel(ChannelType.Webhook)));
        Assert.Empty(other.Requests);
        await other.DisposeAsync();
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://2852039166/")]
    public async Task AnyChannel_MetadataAddress_IsRefused(string url)
    {
        var result = await SendAsync(Channel(ChannelType.DingTalk) with { Url = url });
        Assert.Equal((false, true), (result.Delivered, result.Permanent));
        Assert.Contains("link-local or metadata address", result.Detail);
    }

    [Fact]
    public async Task AnyChannel_NameOfAPrivateAddress_IsRefusedWhereTheCentreSaysSo()
    {
        using var notifier = new Notifier(new AddressRules(AllowPrivate: false), _time);
        var url = new UriBuilder(_server.Url) { Host = "localhost" }.Uri.ToString();
        var result = await notifier.SendAsync("acme", Channel(ChannelType.Webhook) with { Url = url }, Message(Notification()), default);

        Assert.Equal((false, true), (result.Delivered, result.Permanent));
        Assert.Contains("notify_private_addresses", result.Detail);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Webhook_NobodyListens_SaysSo()
    {
        var result = await SendAsync(Channel(ChannelType.Webhook) with { Url = $"http://127.0.0.1:{FreePort.Next()}/secret-path" });
        Assert.Equal(new DeliveryResult(false, "The receiver can't be reached: it refuses connections."), result);
    }

    [Fact]
    public async Task Webhook_UrlFromASecretThatIsNone_SaysSoWithoutIt()
    {
        var result = await SendAsync(Channel(ChannelType.Webhook) with { Url = "hunter2" });
        Assert.Equal("The channel's url must be an http or https URL, such as https://example.com/hook.", result.Detail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnyChannel_ReceiverStalls_GivesUpAfterTenSeconds(bool inBody)
    {
        _server.Answer = inBody ? ReceiverServer.StallInBodyAsync : ReceiverServer.StallAsync;
        var sending = SendAsync(Channel(ChannelType.WeChatWork));
        await _server.Log.UntilAsync("request");
        _time.Advance(INotifier.Limit - TimeSpan.FromTicks(1));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(new DeliveryResult(false, "The receiver didn't answer within 10 s."), await sending);
    }

    [Fact]
    public async Task AnyChannel_CallerCancels_Throws()
    {
        _server.Answer = ReceiverServer.StallAsync;
        using var cancellation = new CancellationTokenSource();
        var sending = _notifier.SendAsync("acme", Channel(ChannelType.Webhook), Message(Notification()), cancellation.Token);
        await _server.Log.UntilAsync("request");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
    }

    [Fact]
    public async Task AnyChannel_ReceiverBreaksInTheMiddle_SaysSo()
    {
        _server.Answer = ReceiverServer.BreakAsync;
        Assert.Equal(
            new DeliveryResult(false, "The connection to the receiver broke before it had answered."), await SendAsync(Channel(ChannelType.DingTalk)));
    }

    [Fact]
    public async Task DingTalk_WithSecret_SignsTheQueryAndSendsMarkdown()
    {
        _server.Answer = ReceiverServer.With(200, """{"errcode":0,"errmsg":"ok"}""");
        Assert.Equal(new DeliveryResult(true, "errcode 0: ok"), await SendAsync(Channel(ChannelType.DingTalk) with { Secret = "SECabc" }));

        var (target, _, body) = Assert.Single(_server.Requests);
        Assert.Equal($"/hook?a=b&timestamp=1577836800000&sign={Uri.EscapeDataString(Signature.DingTalk(1_577_836_800_000, "SECabc"))}", target);
        Assert.Equal("markdown", body.GetProperty("msgtype").GetString());
        var markdown = body.GetProperty("markdown");
        Assert.StartsWith($"### {markdown.GetProperty("title").GetString()}\n\n- **级别**：严重\n", markdown.GetProperty("text").GetString());
    }

    [Fact]
    public async Task WeChatWork_Message_IsMarkdown()
    {
        _server.Answer = ReceiverServer.With(200, """{"errcode":0,"errmsg":"ok"}""");
        Assert.True((await SendAsync(Channel(ChannelType.WeChatWork))).Delivered);
        var body = Assert.Single(_server.Requests).Body;
        Assert.Equal("markdown", body.GetProperty("msgtype").GetString());
        Assert.StartsWith("### [告警] 磁盘", body.GetProperty("markdown").GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("""{"code":0,"msg":"success"}""", "code 0: success")]
    [InlineData("""{"StatusCode":0,"StatusMessage":"success"}""", "StatusCode 0: success")]
    public async Task Feishu_WithSecret_SignsTheBodyAndSendsText(string answer, string detail)
    {
        _server.Answer = ReceiverServer.With(200, answer);
        Assert.Equal(new DeliveryResult(true, detail), await SendAsync(Channel(ChannelType.Feishu) with { Secret = "SECabc" }));

        var body = Assert.Single(_server.Requests).Body;
        Assert.Equal(("1577836800", Signature.Feishu(1_577_836_800, "SECabc"), "text"),
            (body.GetProperty("timestamp").GetString(), body.GetProperty("sign").GetString(), body.GetProperty("msg_type").GetString()));
        Assert.StartsWith("[告警] 磁盘 · prod-1 (严重)\n\n- 级别：严重\n", body.GetProperty("content").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Feishu_WithoutSecret_IsNotSigned()
    {
        await SendAsync(Channel(ChannelType.Feishu));
        Assert.False(_server.Requests.Single().Body.TryGetProperty("sign", out _));
    }

    [Theory]
    [InlineData(200, "ok", true, "ok")]
    [InlineData(200, "<html>internal page</html>", false, "The receiver did not answer \"ok\".")]
    [InlineData(403, "invalid_token", false, "HTTP 403")]
    public async Task Slack_Answer_IsOkOrNot(int status, string answer, bool delivered, string detail)
    {
        _server.Answer = ReceiverServer.With(status, answer);
        Assert.Equal(new DeliveryResult(delivered, detail), await SendAsync(Channel(ChannelType.Slack)));
        Assert.StartsWith("*[告警] 磁盘 · prod-1 (严重)*\n\n- *级别*：严重\n", Assert.Single(_server.Requests).Body.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(ChannelType.DingTalk, """{"errcode":310000,"errmsg":"sign not match"}""", "errcode 310000: sign not match")]
    [InlineData(ChannelType.WeChatWork, """{"errcode":93000,"errmsg":"a\nb"}""", "errcode 93000: a b")]
    [InlineData(ChannelType.Feishu, """{"code":19021,"msg":"sign match fail"}""", "code 19021: sign match fail")]
    [InlineData(ChannelType.Feishu, """{"code":9499,"StatusCode":0}""", "code 9499")]
    [InlineData(ChannelType.DingTalk, "<html>internal page</html>", "The receiver's answer has no errcode.")]
    [InlineData(ChannelType.DingTalk, "[1]", "The receiver's answer has no errcode.")]
    [InlineData(ChannelType.DingTalk, """{"errcode":"0"}""", "The receiver's answer has no errcode.")]
    [InlineData(ChannelType.WeChatWork, "", "The receiver's answer has no errcode.")]
    public async Task Coded_AnswerThatIsNoSuccess_FailsAndShowsNothingElse(ChannelType type, string answer, string detail)
    {
        _server.Answer = ReceiverServer.With(200, answer);
        Assert.Equal(new DeliveryResult(false, detail), await SendAsync(Channel(type)));
    }

    [Fact]
    public async Task Coded_AnswerWithoutEnd_IsReadOnlyInPart()
    {
        _server.Answer = async context =>
        {
            var block = new byte[8192];
            Array.Fill(block, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        };
        Assert.Equal(new DeliveryResult(false, "The receiver's answer has no errcode."), await SendAsync(Channel(ChannelType.DingTalk)));
    }

    private static Notification Notification() => new()
    {
        Id = "a1-fired", Channel = "ops", Kind = NotificationKind.Fired, At = s_at,
        Alert = new Alert
        {
            Id = "a1", Rule = "disk", RuleName = "磁盘", Severity = AlertSeverity.Critical, Agent = "prod-1", Metric = "host_disk_percent",
            Labels = [new Label("mountPoint", "/var")], Condition = "host_disk_percent > 85", Value = 93.4, Threshold = 85, StartedAt = s_at, FiredAt = s_at,
        },
    };

    private static Message Message(Notification notification, ChannelDefinition? channel = null) =>
        MessageWriter.Write(channel ?? new ChannelDefinition { Name = "ops", Type = ChannelType.Webhook }, [notification], s_at);

    private ChannelDefinition Channel(ChannelType type) => new()
    {
        Name = "ops", Type = type, Url = $"{_server.Url}/hook?a=b", Language = type is ChannelType.Webhook ? MessageLanguage.En : MessageLanguage.Zh,
    };

    private Task<DeliveryResult> SendAsync(ChannelDefinition channel, Notification? notification = null) =>
        _notifier.SendAsync("acme", channel, Message(notification ?? Notification(), channel), default).AsTask();
}
