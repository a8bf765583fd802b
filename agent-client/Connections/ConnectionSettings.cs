using System.Text.Json.Serialization;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Connections;

/// <summary>One database of <c>connections.json</c>, as it stands there.</summary>
internal sealed record ConnectionSettings
{
    /// <summary><c>mysql</c>, <c>doris</c>, <c>postgres</c>, <c>clickhouse</c>, <c>mongo</c> or <c>elasticsearch</c>.</summary>
    public string? Type { get; init; }

    public string? Host { get; init; }

    /// <summary>Null: the type's usual one.</summary>
    public int? Port { get; init; }

    public string? User { get; init; }

    /// <summary>In clear, or <c>${secret:NAME}</c> of secrets.env.</summary>
    public string? Password { get; init; }

    /// <summary>A file that holds the password, in the agent's folder or with its whole path.</summary>
    public string? PasswordFile { get; init; }

    public string? Database { get; init; }

    /// <summary><c>disabled</c>, <c>preferred</c> (default), <c>required</c> or <c>verify_full</c>.</summary>
    public string? Tls { get; init; }

    /// <summary>PEM file of the authorities to trust instead of the system's.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>For <c>clickhouse</c>: <c>http</c>; <c>native</c> isn't spoken.</summary>
    public string? Protocol { get; init; }

    /// <summary>For <c>elasticsearch</c>, instead of user and password; in clear or <c>${secret:NAME}</c>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>For <c>mongo</c>: the database that knows the user; default <c>admin</c>.</summary>
    public string? AuthDatabase { get; init; }

    /// <summary>For <c>mysql</c> and <c>doris</c>: what writing statements go through.</summary>
    [JsonPropertyName("goinception")]
    public GoInceptionSettings? GoInception { get; init; }

    /// <summary>True: tasks may write here, if the policy says so too.</summary>
    public bool Write { get; init; }

    /// <summary>What is wrong with it, in words that say what to change; null when nothing is.</summary>
    public string? Fault() =>
        Type is null || !TaskTypes.IsDatabase(Type) ? "type must be mysql, doris, postgres, clickhouse, mongo or elasticsearch"
        : string.IsNullOrEmpty(Host) || Host.Any(c => char.IsWhiteSpace(c) || c is '/' or '@' or ',') ? "host is missing, or is no host"
        : Port is < 1 or > 65535 ? "port must be 1 to 65535"
        : Password is not null && PasswordFile is not null ? "give password or password_file, not both"
        : Protocol is "native" && Type == TaskTypes.ClickHouse ? NativeProtocol
        : Protocol is not null && (Type != TaskTypes.ClickHouse || Protocol != "http") ? "protocol is for clickhouse, and must be http"
        : TlsModes.Parse(Tls) is null ? $"tls must be {TlsModes.Known}"
        : GoInception is not null && Type is not (TaskTypes.MySql or TaskTypes.Doris) ? "goinception is for mysql and doris"
        : ApiKey is not null && Type != TaskTypes.Elasticsearch ? "api_key is for elasticsearch"
        : AuthDatabase is not null && Type != TaskTypes.Mongo ? "auth_database is for mongo"
        : GoInception?.Fault();

    /// <summary>Why ClickHouse's native protocol is refused.</summary>
    public const string NativeProtocol = "ClickHouse's native protocol (port 9000) isn't spoken; leave protocol out and give the port of its HTTP interface, usually 8123";
}
