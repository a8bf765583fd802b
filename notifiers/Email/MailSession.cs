using MailKit.Net.Smtp;
using MimeKit;

namespace Outrider.Notifiers.Email;

/// <summary>One conversation with a mail server. A recipient that is refused doesn't keep the message from the others.</summary>
internal sealed class MailSession : SmtpClient
{
    public List<string> Refused { get; } = [];

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        Refused.Add($"{mailbox.Address} ({(int)response.StatusCode})");

    protected override void OnNoRecipientsAccepted(MimeMessage message) => throw new NoRecipientException(string.Join(", ", Refused));
}
