using System.Security.Cryptography;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers.Email;

/// <summary>Sends messages by SMTP as plain text.</summary>
internal sealed class EmailReceiver(Connector connector) : IReceiver
{
    public async Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation)
    {
        var mail = channel.Mail ?? throw new ArgumentException("An email channel without mail server.");
        // Revocation lists are on other servers, and may be out of reach.
        using var session = new MailSession { CheckCertificateRevocation = false };
        try
        {
            await using var stream = await connector.ConnectAsync(mail.Host, mail.Port, cancellation);
            await session.ConnectAsync(stream, mail.Host, mail.Port, Security(mail.Security), cancellation);
            if (mail.User is not null)
                await session.AuthenticateAsync(Encoding.UTF8, mail.User, mail.Password ?? "", cancellation);
            using var letter = Letter(mail, message);
            await session.SendAsync(letter, cancellation);
            await EndAsync(session, cancellation);
            return new DeliveryResult(true, session.Refused.Count == 0 ? "accepted" : $"accepted, but not for {string.Join(", ", session.Refused)}");
        }
        catch (NoRecipientException e)
        {
            return new DeliveryResult(false, e.Message);
        }
        catch (AuthenticationException)
        {
            return new DeliveryResult(false, "The mail server refuses user and password.");
        }
        catch (SmtpCommandException e)
        {
            return new DeliveryResult(
                false, $"SMTP {(int)e.StatusCode}: {Failures.Short(e.Message)}", Permanent: e.StatusCode is SmtpStatusCode.ExceededStorageAllocation);
        }
        catch (SslHandshakeException)
        {
            return new DeliveryResult(false, "The mail server's TLS certificate is not trusted, or it speaks no TLS.");
        }
        catch (NotSupportedException)
        {
            return new DeliveryResult(false, "The mail server offers neither the TLS nor the sign-in that the channel asks for.");
        }
        catch (Exception e) when (e is ProtocolException or ServiceNotConnectedException)
        {
            return new DeliveryResult(false, "The mail server broke the conversation, or is none.");
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    private static MimeMessage Letter(MailServer mail, Message message)
    {
        var letter = new MimeMessage { Subject = message.Title, Date = message.At, MessageId = Id(mail, message) };
        letter.From.Add(MailboxAddress.Parse(mail.From));
        letter.To.AddRange(mail.To.Select(MailboxAddress.Parse));
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        letter.Body = new TextPart("plain") { Text = MarkdownText.ToPlain(message.Content) };
        return letter;
    }

    /// <summary>The same for the same notifications, so that mail programs can drop repeats.</summary>
    private static string Id(MailServer mail, Message message)
    {
        var what = message.Notifications.Count > 0
            ? string.Join('\n', message.Notifications.Select(notification => notification.Id))
            : message.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(..16));
        return $"{hash}@{mail.From[(mail.From.LastIndexOf('@') + 1)..]}";
    }

    /// <summary>Says goodbye. The server has the message, so that it doesn't matter how this ends.</summary>
    private static async Task EndAsync(MailSession session, CancellationToken cancellation)
    {
        try
        {
            await session.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception e) when (e is IOException or ProtocolException or OperationCanceledException)
        {
            // As said.
        }
    }
}
