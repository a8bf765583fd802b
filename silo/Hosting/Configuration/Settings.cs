namespace Outrider.Silo.Hosting.Configuration;

/// <summary>The settings that every centre has.</summary>
public static class Settings
{
    public static IReadOnlyList<Setting<TOptions>> Common<TOptions>() where TOptions : CentreOptions =>
    [
        new("url", (options, text) => options with { Url = SettingText.Url(text) }),
        new("port", (options, text) => options with { Url = WithPort(options.Url, SettingText.Port(text)) }),
        new("tenants_file", (options, text) => options with { TenantsFile = text }),
        new("platform_key", (options, text) => options with { PlatformKey = SettingText.PlatformKey(text) }),
        new("tls_certificate", (options, text) => options with { TlsCertificate = SettingText.ExistingFile(text) }),
        new("tls_key", (options, text) => options with { TlsKey = SettingText.ExistingFile(text) }),
        new("rate_per_second", (options, text) =>
            options with { RateLimits = options.RateLimits with { RequestsPerSecond = SettingText.Number(text, 1, 1_000_000) } }),
        new("rate_burst", (options, text) =>
            options with { RateLimits = options.RateLimits with { RequestBurst = (int)SettingText.Number(text, 1, 1_000_000) } }),
        new("failures_per_minute", (options, text) =>
            options with { RateLimits = options.RateLimits with { FailuresPerMinute = (int)SettingText.Number(text, 1, 1_000_000) } }),
        new("max_body_bytes", (options, text) => options with { MaxBodyBytes = SettingText.Number(text, 1024, 1L << 30) }),
        new("files", (options, text) => options with { Files = text }),
        new("agent_binary", (options, text) => options with { AgentBinary = Path.GetFullPath(SettingText.ExistingFile(text)) }),
        new("trusted_proxies", (options, text) => options with { TrustedProxies = SettingText.Addresses(text) }),
        new("mcp_allowed_origins", (options, text) => options with { McpAllowedOrigins = SettingText.List(text) }),
        new("oauth", (options, text) => options with { OAuth = OAuthSetting.Read(text) }),
        new("notify_private_addresses", (options, text) => options with { NotifyPrivateAddresses = SettingText.Flag(text) }),
        new("dashboard", (options, text) => options with { Dashboard = text }),
        new("log_level", (options, text) => options with { LogLevel = SettingText.Level(text) }),
    ];

    /// <summary>What is wrong with the common settings taken together.</summary>
    public static IEnumerable<string> Check(CentreOptions options)
    {
        if ((options.TlsCertificate is null) != (options.TlsKey is null))
            yield return "tls_certificate and tls_key belong together: give both or none.";
        if (options.Url.StartsWith("https:", StringComparison.Ordinal) && options.TlsCertificate is null)
            yield return "An https url needs tls_certificate and tls_key (PEM files).";
    }

    private static string WithPort(string url, int port) => new UriBuilder(url) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
}
