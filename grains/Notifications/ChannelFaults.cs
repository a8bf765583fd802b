using System.Net.Mail;
using Outrider.Grains.Notifications.Messages;
using Outrider.Grains.Secrets;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Notifications;

/// <summary>What the fields of a channel may hold.</summary>
public static class ChannelFaults
{
    public const string NameRule = SecretReferences.NameRule;
    public const int MaxUrl = 2_000;
    public const int MaxHeaders = 20;
    public const int MaxHeaderName = 100;
    public const int MaxHeaderValue = 2_000;
    public const int MaxSecret = 500;
    public const int MaxRecipients = 50;

    /// <summary>What a client of HTTP sets by itself, or what belongs to the connection.</summary>
    private static readonly HashSet<string> s_ownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host", "Keep-Alive", "Proxy-Authorization",
        "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary><c>invalid_argument</c> with what is wrong and what to write instead; null: nothing is.</summary>
    public static Problem? Of(ChannelDefinition channel) =>
        Fault(channel) is { } fault ? new Problem(ProblemCodes.InvalidArgument, fault) : null;

    private static string? Fault(ChannelDefinition channel) =>
        NameFault(channel.Name)
        ?? (Enum.IsDefined(channel.Type) ? null : "type is none that there is.")
        // What is read from JSON may hold nulls.
        ?? (channel.Headers is null ? "headers must be an object of names and values." : null)
        ?? (channel.Type is ChannelType.Email ? MailChannelFault(channel) : HttpChannelFault(channel))
        ?? TextFault("secret", channel.Secret, MaxSecret)
        ?? TemplateFault("title_template", channel.TitleTemplate)
        ?? TemplateFault("content_template", channel.ContentTemplate);

    private static string? NameFault(string name) => SecretReferences.IsName(name) ? null : $"A channel's name has {NameRule}.";

    private static string? HttpChannelFault(ChannelDefinition channel)
    {
        if (channel.Mail is not null)
            return "mail is for channels of type email only.";
        if (channel.Headers.Count > 0 && channel.Type is not ChannelType.Webhook)
            return "headers are for channels of type webhook only.";
        if (channel.Secret is not null && channel.Type is not (ChannelType.DingTalk or ChannelType.Feishu))
            return "secret is for channels of type dingtalk and feishu only; a webhook can have a header with ${secret:name}.";
        if (channel.Headers.Count > MaxHeaders)
            return $"There may be {MaxHeaders} headers; there are {channel.Headers.Count}.";
        return UrlFault(channel.Url) ?? channel.Headers.Select(HeaderFault).FirstOrDefault(fault => fault is not null);
    }

    private static string? UrlFault(string? url)
    {
        const string rule = "url must be an http or https URL, such as https://example.com/hook.";
        if (string.IsNullOrWhiteSpace(url))
            return rule;
        if ((TextFault("url", url, MaxUrl)) is { } fault)
            return fault;
        // What is a secret as a whole is looked at when it is sent.
        if (url.StartsWith("${secret:", StringComparison.Ordinal))
            return null;
        var known = SecretReferences.NamesIn(url).Distinct().ToDictionary(name => name, _ => "x");
        return UrlProblem(SecretReferences.Fill(url, known)!) is { } problem ? $"url {problem}." : null;
    }

    /// <summary>What keeps a URL, with its secrets filled in, from being a receiver's; null: nothing. Doesn't repeat the URL.</summary>
    public static string? UrlProblem(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return "must be an http or https URL, such as https://example.com/hook";
        if (uri.UserInfo.Length > 0)
            return "must not hold user and password; use a header with ${secret:name}";
        return uri.Fragment.Length > 0 ? "must not hold a fragment ('#')" : null;
    }

    private static string? HeaderFault(KeyValuePair<string, string> header)
    {
        var (name, value) = header;
        if (name.Length is 0 or > MaxHeaderName || !name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
            return $"A header's name has 1 to {MaxHeaderName} letters, digits and '-'.";
        if (s_ownHeaders.Contains(name))
            return $"The header {name} is set by the centre itself and can't be changed.";
        return value is not null && value.All(c => c is '\t' or (>= ' ' and < (char)0x7f))
            ? TextFault($"The header {name}", value, MaxHeaderValue)
            : $"The header {name} may hold printable ASCII characters only, no line break.";
    }

    private static string? MailChannelFault(ChannelDefinition channel)
    {
        if (channel.Url is not null)
            return "url is not for channels of type email: name the server under mail.";
        if (channel.Headers.Count > 0)
            return "headers are for channels of type webhook only.";
        if (channel.Secret is not null)
            return "secret is for channels of type dingtalk and feishu only; mail has a password of its own.";
        return channel.Mail is { } mail ? MailFault(mail) : "mail is missing: it names host, from and to.";
    }

    private static string? MailFault(MailServer mail)
    {
        if (mail.Host is not { Length: > 0 and <= 253 } || Uri.CheckHostName(mail.Host) is UriHostNameType.Unknown)
            return "mail.host must be the name or address of a mail server.";
        if (mail.Port is < 1 or > 65_535)
            return "mail.port must be 1 to 65535.";
        if (!Enum.IsDefined(mail.Security))
            return "mail.security must be none, starttls or tls.";
        if ((mail.User is null) != (mail.Password is null))
            return "mail.user and mail.password belong together: give both or none.";
        if (mail.Password is not null && mail.Security is MailSecurity.None)
            return "A password needs mail.security starttls or tls: without it, it could be read on the way.";
        if (!IsAddress(mail.From))
            return "mail.from must be one mail address.";
        if (mail.To is not { Count: > 0 and <= MaxRecipients })
            return $"mail.to must have 1 to {MaxRecipients} addresses; it has {mail.To?.Count ?? 0}.";
        return mail.To.Find(to => !IsAddress(to)) is { } wrong
            ? $"mail.to: '{(wrong.Length <= 80 ? wrong : wrong[..80])}' is no mail address."
            : TextFault("mail.user", mail.User, MaxSecret) ?? TextFault("mail.password", mail.Password, MaxSecret);
    }

    private static bool IsAddress(string? text) =>
        text is { Length: > 0 and <= 254 } && !text.Any(char.IsControl) && !text.Contains(',', StringComparison.Ordinal)
        && MailAddress.TryCreate(text, out var address) && address.Address == text;

    /// <summary>Length, line breaks and the names of secrets.</summary>
    private static string? TextFault(string what, string? text, int most)
    {
        if (text is null)
            return null;
        if (text.Length is 0 || text.Length > most)
            return $"{what} must have 1 to {most} characters; it has {text.Length}.";
        if (text.Any(char.IsControl))
            return $"{what} must not hold line breaks or other control characters.";
        return SecretReferences.NamesIn(text).FirstOrDefault(name => !SecretReferences.IsName(name)) is { } wrong
            ? $"{what} refers to a secret '{(wrong.Length <= 80 ? wrong : wrong[..80])}', which can't be: a secret's name has {SecretReferences.NameRule}."
            : null;
    }

    private static string? TemplateFault(string what, string? template) =>
        template is not null && MessageTemplate.Fault(template) is { } fault ? $"{what} {fault}." : null;
}
