using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Outrider.Testing.Processes;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Outrider.Tests.Boundary.Notifications;

/// <summary>A real SMTP server. It refuses recipients whose name begins with "no", and user and password other than ops and pa55.</summary>
internal sealed class MailServerHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    public int Port { get; } = FreePort.Next();

    public ConcurrentQueue<(MimeMessage Message, List<string> To)> Mails { get; } = new();

    /// <summary>What the server says to a message; null: it takes it.</summary>
    public SmtpResponse? Refusal { get; set; }

    /// <param name="certificate">For STARTTLS, after which one may sign in; null: without.</param>
    public static MailServerHost Start(X509Certificate2? certificate = null)
    {
        var host = new MailServerHost();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, host.Port));
            if (certificate is not null)
                endpoint.Certificate(certificate).AuthenticationRequired();
        }).Build();
        var services = new ServiceProvider();
        services.Add(new Store(host));
        services.Add(new Filter());
        services.Add(new Door());
        host._running = new SmtpServer.SmtpServer(options, services).StartAsync(host._end.Token);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        _end.Dispose();
    }

    private sealed class Store(MailServerHost host) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (host.Refusal is { } refusal)
                return refusal;
            using var stream = new MemoryStream(buffer.ToArray());
            host.Mails.Enqueue((await MimeMessage.LoadAsync(stream, cancellationToken), [.. transaction.To.Select(to => $"{to.User}@{to.Host}")]));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Filter : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(!to.User.StartsWith("no", StringComparison.Ordinal));
    }

    private sealed class Door : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult((user, password) == ("ops", "pa55"));
    }
}
