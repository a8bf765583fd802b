using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Outrider.Protocol.Credentials;

namespace Outrider.Silo.Hosting.Configuration;

/// <summary>Reads the text of a setting. All throw <see cref="FormatException"/> with what it should be.</summary>
public static class SettingText
{
    public static string Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/"
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new FormatException("an http or https URL without a path, such as http://127.0.0.1:8080");

    public static long Number(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"a whole number from {least} to {most}");

    public static int Port(string text) => (int)Number(text, 0, IPEndPoint.MaxPort);

    public static bool Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException("true or false"),
    };

    public static LogLevel Level(string text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
        ? level
        : throw new FormatException("trace, debug, information, warning, error, critical or none");

    public static string PlatformKey(string text) =>
        Credential.TryParse(text, out var key) && key is { Kind: CredentialKind.Platform, Secret.Length: >= 32 }
            ? text
            : throw new FormatException("'orp.' and at least 32 random characters");

    public static string ExistingFile(string text) =>
        File.Exists(text) ? text : throw new FormatException("the path of a file; there is none at this one");

    public static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new FormatException("an IP address");

    public static List<IPAddress> Addresses(string text) => [.. List(text).Select(item =>
        IPAddress.TryParse(item, out var address) ? address : throw new FormatException("IP addresses, separated by commas"))];

    public static List<string> List(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
