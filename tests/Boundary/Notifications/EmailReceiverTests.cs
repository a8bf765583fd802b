using System.Net;
using System.Net.Sockets;
using System.Text;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers;
using Outrider.Notifiers.Http;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Processes;
using Outrider.Testing.Time;
using SmtpServer.Protocol;

namespace Outrider.Tests.Boundary.Notifications;

public sealed class EmailReceiverTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private readonly EventLog _log = new();
    private readonly MailServerHost _server = MailServerHost.Start();
    private Notifier _notifier = null!;

    public Task InitializeAsync()
    {
        _notifier = new Notifier(new AddressRules(AllowPrivate: true), _time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _notifier.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Send_Message_ArrivesAsTextWithTheSameIdEachTime()
    {
        Assert.Equal(new DeliveryResult(true, "accepted"), await SendAsync(Mail("a@example.com", "b@example.com")));
        Assert.Equal(new DeliveryResult(true, "accepted"), await SendAsync(Mail("a@example.com")));

        var mails = _server.Mails.ToArray();
        var (mail, to) = mails[0];
        Assert.Equal("[告警] 磁盘 · prod-1 (警告)", mail.Subject);
        Assert.Equal(["a@example.com", "b@example.com"], to);
        Assert.StartsWith("- 级别：警告\n- 规则：磁盘\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.EndsWith("@example.com", mail.MessageId);
        Assert.Equal(mail.MessageId, mails[1].Message.MessageId);
    }

    [Fact]
    public async Task Send_OneRecipientRefused_ReachesTheOthers()
    {
        Assert.Equal(new DeliveryResult(true, "accepted, but not for nobody@example.com (550)"), await SendAsync(Mail("nobody@example.com", "a@example.com")));
        Assert.Equal(["a@example.com"], Assert.Single(_server.Mails).To);
    }

    [Fact]
    public async Task Send_EveryRecipientRefused_SaysWhich() => Assert.Equal(
        new DeliveryResult(false, "The mail server refuses every recipient: nobody@example.com (550)."), await SendAsync(Mail("nobody@example.com")));

    [Fact]
    public async Task Send_MessageRefused_SaysWhatTheServerSaid()
    {
        _server.Refusal = new SmtpResponse(SmtpReplyCode.TransactionFailed, "no spam please");
        Assert.Equal(new DeliveryResult(false, "SMTP 554: no spam please"), await SendAsync(Mail("a@example.com")));
    }

    [Fact]
    public async Task Send_ServerWithoutTls_IsToldNothing()
    {
        var result = await SendAsync(Mail("a@example.com") with { Security = MailSecurity.StartTls });
        Assert.Equal(new DeliveryResult(false, "The mail server offers neither the TLS nor the sign-in that the channel asks for."), result);
        Assert.Empty(_server.Mails);
    }

    [Fact]
    public async Task Send_CertificateOfAnUnknownAuthority_IsNotTrusted()
    {
        using var certificate = TestCertificate.Create(out _);
        await using var server = MailServerHost.Start(certificate);
        var mail = Mail("a@example.com") with { Port = server.Port, Security = MailSecurity.StartTls, User = "ops", Password = "pa55" };
        Assert.Equal(new DeliveryResult(false, "The mail server's TLS certificate is not trusted, or it speaks no TLS."), await SendAsync(mail));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_MetadataAddress_IsRefused()
    {
        var result = await SendAsync(Mail("a@example.com") with { Host = "169.254.169.254", Port = 80 });
        Assert.Equal((false, true), (result.Delivered, result.Permanent));
    }

    [Fact]
    public async Task Send_NobodyListens_SaysSo() => Assert.Equal(
        new DeliveryResult(false, "The receiver can't be reached: it refuses connections."),
        await SendAsync(Mail("a@example.com") with { Port = FreePort.Next() }));

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 internal banner\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("220 hello\r\n")]
    [InlineData("")]
    public async Task Send_ServerIsNoneOrBreaks_SaysSoWithoutWhatItSaid(string greeting)
    {
        using var listener = Listen(greeting, stall: false);
        var result = await SendAsync(Mail("a@example.com") with { Port = ((IPEndPoint)listener.LocalEndpoint).Port });
        Assert.Contains(result, new[]
        {
            new DeliveryResult(false, "The mail server broke the conversation, or is none."),
            // Some systems tell the end of a connection so when something was still to be read.
            new DeliveryResult(false, "The connection to the receiver broke before it had answered."),
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("220 hello\r\n")]
    public async Task Send_ServerStalls_GivesUpAfterTenSeconds(string greeting)
    {
        using var listener = Listen(greeting, stall: true);
        var sending = SendAsync(Mail("a@example.com") with { Port = ((IPEndPoint)listener.LocalEndpoint).Port });
        await _log.UntilAsync("connected");
        _time.Advance(INotifier.Limit);
        Assert.Equal(new DeliveryResult(false, "The receiver didn't answer within 10 s."), await sending);
    }

    private MailServer Mail(params string[] to) => new()
    {
        Host = "127.0.0.1", Port = _server.Port, Security = MailSecurity.None, From = "outrider@example.com", To = [.. to],
    };

    /// <summary>A server that says one thing and then breaks or stalls.</summary>
    private TcpListener Listen(string greeting, bool stall)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = ServeAsync();
        return listener;

        async Task ServeAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(greeting));
            _log.Record("connected");
            if (stall)
                await client.GetStream().CopyToAsync(Stream.Null);
        }
    }

    private Task<DeliveryResult> SendAsync(MailServer mail)
    {
        var channel = new ChannelDefinition { Name = "mail", Type = ChannelType.Email, Mail = mail };
        var at = _time.GetUtcNow();
        var notification = new Notification
        {
            Id = "a1-fired", Channel = "mail", Kind = NotificationKind.Fired, At = at,
            Alert = new Alert
            {
                Id = "a1", Rule = "disk", RuleName = "磁盘", Severity = AlertSeverity.Warning, Agent = "prod-1", Metric = "host_disk_percent",
                Condition = "host_disk_percent > 85", StartedAt = at, FiredAt = at,
            },
        };
        return _notifier.SendAsync("acme", channel, MessageWriter.Write(channel, [notification], at), default).AsTask();
    }
}
