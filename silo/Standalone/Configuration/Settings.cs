using System.Globalization;
using System.Net;
using Outrider.Protocol.Credentials;

namespace Outrider.Silo.Standalone.Configuration;

/// <summary>Every setting of a centre.</summary>
internal static class Settings
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("url", (options, text) => options with { Url = Url(text) }),
        new("port", (options, text) => options with { Url = WithPort(options.Url, (int)Number(text, 0, 65535)) }),
        new("data", (options, text) => options with { Data = text }),
        new("tenants_file", (options, text) => options with { TenantsFile = text }),
        new("platform_key", (options, text) => options with { PlatformKey = PlatformKey(text) }),
        new("tls_certificate", (options, text) => options with { TlsCertificate = ExistingFile(text) }),
        new("tls_key", (options, text) => options with { TlsKey = ExistingFile(text) }),
        new("rate_per_second", (options, text) =>
            options with { RateLimits = options.RateLimits with { RequestsPerSecond = Number(text, 1, 1_000_000) } }),
        new("rate_burst", (options, text) =>
            options with { RateLimits = options.RateLimits with { RequestBurst = (int)Number(text, 1, 1_000_000) } }),
        new("failures_per_minute", (options, text) =>
            options with { RateLimits = options.RateLimits with { FailuresPerMinute = (int)Number(text, 1, 1_000_000) } }),
        new("max_body_bytes", (options, text) => options with { MaxBodyBytes = Number(text, 1024, 1L << 30) }),
        new("trusted_proxies", (options, text) => options with { TrustedProxies = [.. List(text).Select(Address)] }),
        new("mcp_allowed_origins", (options, text) => options with { McpAllowedOrigins = List(text) }),
        new("log_level", (options, text) => options with { LogLevel = Level(text) }),
    ];

    private static string Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/"
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new FormatException("an http or https URL without a path, such as http://127.0.0.1:8080");

    private static string WithPort(string url, int port) => new UriBuilder(url) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);

    private static long Number(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"a whole number from {least} to {most}");

    private static LogLevel Level(string text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
        ? level
        : throw new FormatException("trace, debug, information, warning, error, critical or none");

    private static string PlatformKey(string text) =>
        Credential.TryParse(text, out var key) && key is { Kind: CredentialKind.Platform, Secret.Length: >= 32 }
            ? text
            : throw new FormatException("'orp.' and at least 32 random characters");

    private static string ExistingFile(string text) => File.Exists(text) ? text : throw new FormatException("the path of a file; there is none at this one");

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new FormatException("IP addresses, separated by commas");

    private static List<string> List(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
