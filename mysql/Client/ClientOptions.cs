using Outrider.MySql.Transport;

namespace Outrider.MySql.Client;

/// <summary>Where and how to connect.</summary>
public sealed record ClientOptions
{
    /// <summary>Default of <see cref="MaxPacketBytes"/>: 16 MiB.</summary>
    public const int DefaultMaxPacketBytes = 16 << 20;

    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port; 9030 is StarRocks' own.</summary>
    public int Port { get; init; } = 3306;

    /// <summary>User name.</summary>
    public required string User { get; init; }

    /// <summary>Password; empty for none.</summary>
    public string Password { get; init; } = "";

    /// <summary>Database to use, if any.</summary>
    public string? Database { get; init; }

    /// <summary>Time for everything up to a finished login.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far to insist on TLS.</summary>
    public TlsMode Tls { get; init; } = TlsMode.Preferred;

    /// <summary>PEM file of the authorities to trust instead of the system's, for <see cref="TlsMode.VerifyFull"/>.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>Largest packet, so largest row, that is read, in bytes.</summary>
    public int MaxPacketBytes { get; init; } = DefaultMaxPacketBytes;

    /// <summary>Let a server that asks for it have the password as it is, over TLS (mysql_clear_password, for LDAP users).</summary>
    public bool AllowClearPassword { get; init; }

    /// <summary>
    /// Without TLS, encrypt the password with the public key that the server sends (caching_sha2_password's full path). Off by default:
    /// somebody in between could send a key of their own.
    /// </summary>
    public bool AllowPublicKeyRetrieval { get; init; }

    /// <summary>Name shown to the server's operators.</summary>
    public string ProgramName { get; init; } = "outrider";

    /// <summary>User and address, never the password.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}";
}
