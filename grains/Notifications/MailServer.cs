namespace Outrider.Grains.Notifications;

/// <summary>Where mail goes out, and from whom to whom.</summary>
public sealed record MailServer
{
    public required string Host { get; init; }

    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Null: without signing in.</summary>
    public string? User { get; init; }

    /// <summary>May hold <c>${secret:name}</c>.</summary>
    public string? Password { get; init; }

    public required string From { get; init; }

    public required List<string> To { get; init; }
}
