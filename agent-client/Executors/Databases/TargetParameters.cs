using System.Text.Json.Serialization;
using Outrider.Agent.Connections;
using Outrider.MySql.Transport;

namespace Outrider.Agent.Executors.Databases;

/// <summary>A database that a task gives itself.</summary>
internal sealed record TargetParameters
{
    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? User { get; init; }

    /// <summary><c>${secret:NAME}</c>, and nothing else.</summary>
    public string? Password { get; init; }

    public string? Database { get; init; }

    /// <summary>The same as <see cref="Database"/>.</summary>
    public string? Db { get; init; }

    /// <summary><c>disabled</c>, <c>preferred</c> or <c>required</c>.</summary>
    public string? Tls { get; init; }

    /// <summary>The same as <see cref="Tls"/>, in PostgreSQL's words: <c>disable</c>, <c>prefer</c>, <c>require</c>.</summary>
    [JsonPropertyName("sslmode")]
    public string? SslMode { get; init; }

    /// <summary>For <c>clickhouse</c>: <c>http</c>.</summary>
    public string? Protocol { get; init; }

    [JsonIgnore]
    public TlsMode? Mode => SslMode switch
    {
        null => TlsModes.Parse(Tls),
        "disable" => TlsMode.Disabled,
        "allow" or "prefer" => TlsMode.Preferred,
        "require" => TlsMode.Required,
        _ => null,
    };

    internal string? Fault() =>
        string.IsNullOrEmpty(Host) ? "params.target.host is missing."
        : Port is < 1 or > 65535 ? "params.target.port must be 1 to 65535."
        : Protocol == "native" ? $"params.target.protocol: {ConnectionSettings.NativeProtocol}."
        : Protocol is not (null or "http") ? "params.target.protocol must be http."
        : (Database ?? Db) is { Length: > 0 } name && !DatabaseParameters.IsDatabaseName(name)
            ? "params.target.database can't be a database's name: at most 64 letters, digits, _, - and $."
        : Mode is null or TlsMode.VerifyFull
            ? "params.target.tls must be disabled, preferred or required; a certificate can be verified only of a connection of connections.json."
        : null;
}
