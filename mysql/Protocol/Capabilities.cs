namespace Outrider.MySql.Protocol;

/// <summary>Capability flags of the handshake. https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html</summary>
[Flags]
public enum Capabilities : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>CLIENT_LONG_PASSWORD; MariaDB reads its absence as "a MariaDB client with extended flags".</summary>
    LongPassword = 1,

    /// <summary>CLIENT_LONG_FLAG: column flags are two bytes.</summary>
    LongFlag = 1 << 2,

    /// <summary>CLIENT_CONNECT_WITH_DB: the handshake response names a database.</summary>
    ConnectWithDatabase = 1 << 3,

    /// <summary>CLIENT_LOCAL_FILES: LOAD DATA LOCAL. Never offered by this library.</summary>
    LocalFiles = 1 << 7,

    /// <summary>CLIENT_PROTOCOL_41: the only protocol this library speaks.</summary>
    Protocol41 = 1 << 9,

    /// <summary>CLIENT_SSL: switch to TLS before the handshake response.</summary>
    Tls = 1 << 11,

    /// <summary>CLIENT_TRANSACTIONS: status flags in OK and EOF.</summary>
    Transactions = 1 << 13,

    /// <summary>CLIENT_SECURE_CONNECTION: 4.1 authentication.</summary>
    SecureConnection = 1 << 15,

    /// <summary>CLIENT_MULTI_STATEMENTS: several statements in one text. Never offered by this library.</summary>
    MultiStatements = 1 << 16,

    /// <summary>CLIENT_PLUGIN_AUTH: authentication plugins are named.</summary>
    PluginAuth = 1 << 19,

    /// <summary>CLIENT_CONNECT_ATTRS: the handshake response carries attributes.</summary>
    ConnectAttributes = 1 << 20,

    /// <summary>CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA: the authentication response may exceed 255 bytes.</summary>
    PluginAuthLengthEncoded = 1 << 21,

    /// <summary>CLIENT_DEPRECATE_EOF: an OK packet ends a result set instead of an EOF packet.</summary>
    DeprecateEof = 1 << 24,
}
