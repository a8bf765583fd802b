using System.Text.Json.Serialization;

namespace Outrider.Grains.Notifications;

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It must be switched to TLS before anything is said.</summary>
    [JsonStringEnumMemberName("starttls")]
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
