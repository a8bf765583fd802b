using System.Net;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Orleans.Configuration;

/// <summary>The settings of a silo, from <c>outrider-silo.json</c>, the environment and the command line.</summary>
public static class SiloConfiguration
{
    public const string DefaultFile = "outrider-silo.json";

    private static readonly IReadOnlyList<Setting<SiloSettings>> s_settings =
    [
        .. Settings.Common<SiloSettings>(),
        new("database", (options, text) => options with { Database = Kind(text) }),
        new("database_connection", (options, text) => options with { DatabaseConnection = text }),
        new("database_password_file", (options, text) => options with { DatabasePasswordFile = SettingText.ExistingFile(text) }),
        new("cluster_id", (options, text) => options with { ClusterId = Id(text) }),
        new("service_id", (options, text) => options with { ServiceId = Id(text) }),
        new("silo_address", (options, text) => options with { SiloAddress = SettingText.Address(text) }),
        new("silo_port", (options, text) => options with { SiloPort = SettingText.Port(text) }),
        new("trusted_clients", (options, text) => options with { TrustedClients = SettingText.Flag(text) }),
        new("client_port", (options, text) => options with { ClientPort = SettingText.Port(text) }),
        new("silo_tls_certificate", (options, text) => options with { SiloTlsCertificate = SettingText.ExistingFile(text) }),
        new("silo_tls_key", (options, text) => options with { SiloTlsKey = SettingText.ExistingFile(text) }),
        new("silo_tls_ca", (options, text) => options with { SiloTlsCa = SettingText.ExistingFile(text) }),
        new("drain_seconds", (options, text) => options with { Drain = TimeSpan.FromSeconds(SettingText.Number(text, 0, 10)) }),
        new("otlp_endpoint", (options, text) => options with { OtlpEndpoint = SettingText.Url(text) }),
        new("otlp_trace_percent", (options, text) => options with { OtlpTracePercent = (int)SettingText.Number(text, 0, 100) }),
    ];

    /// <summary>For a silo: all it needs is there.</summary>
    public static SettingsReader<SiloSettings> Silo { get; } = new(DefaultFile, s_settings, CheckSilo);

    /// <summary>For work on the database alone.</summary>
    public static SettingsReader<SiloSettings> Migration { get; } = new(DefaultFile, s_settings, CheckDatabase);

    /// <summary>For commands that talk to a running centre.</summary>
    public static SettingsReader<SiloSettings> Command { get; } = new(DefaultFile, s_settings, Settings.Check);

    private static IEnumerable<string> CheckSilo(SiloSettings options)
    {
        if (options.PlatformKey is null)
        {
            yield return "platform_key (OUTRIDER_PLATFORM_KEY) is missing: all silos of a cluster share one. Make it once: "
                + "echo \"orp.$(openssl rand -hex 32)\".";
        }
        foreach (var error in Settings.Check(options).Concat(CheckDatabase(options)).Concat(CheckAddress(options)))
            yield return error;
        if (options.TrustedClients && options.ClientPort == options.SiloPort)
            yield return $"silo_port and client_port are both {options.SiloPort}: give them two different ones.";
        string?[] tls = [options.SiloTlsCertificate, options.SiloTlsKey, options.SiloTlsCa];
        if (tls.Any(file => file is null) && tls.Any(file => file is not null))
            yield return "silo_tls_certificate, silo_tls_key and silo_tls_ca belong together: give all or none.";
    }

    private static IEnumerable<string> CheckDatabase(SiloSettings options)
    {
        if (options.Database is null)
            yield return "database (OUTRIDER_DATABASE) is missing: mysql or postgresql.";
        if (options.DatabaseConnection is null)
            yield return "database_connection (OUTRIDER_DATABASE_CONNECTION) is missing, such as Server=10.0.0.5;Database=outrider;User ID=outrider.";
        if (options is { Database: { } kind, DatabaseConnection: { } text } && ConnectionText.Check(kind, text) is { } wrong)
            yield return $"database_connection can't be used for {kind.ToString().ToLowerInvariant()}: {wrong}";
    }

    private static IEnumerable<string> CheckAddress(SiloSettings options)
    {
        if (options.SiloPort == 0 || (options.TrustedClients && options.ClientPort == 0))
            yield return "silo_port and client_port can't be 0: a silo keeps its address over restarts, and the others know it by that.";
        if (options.SiloAddress.Equals(IPAddress.Any) || options.SiloAddress.Equals(IPAddress.IPv6Any))
            yield return $"silo_address can't be {options.SiloAddress}: it is the one private address at which the other silos reach this one.";
        else if (options.SiloTlsCertificate is null && !PrivateNetwork.Has(options.SiloAddress))
            yield return $"silo_address {options.SiloAddress} isn't private, and whoever reaches it may call any grain. Use a private address, or TLS (silo_tls_…).";
    }

    private static DatabaseKind Kind(string text) => text.ToLowerInvariant() switch
    {
        "mysql" or "mariadb" => DatabaseKind.MySql,
        "postgresql" or "postgres" => DatabaseKind.PostgreSql,
        _ => throw new FormatException("mysql (MariaDB too) or postgresql"),
    };

    private static string Id(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : throw new FormatException("1 to 100 letters, digits, '-', '_' or '.'");
}
