namespace Outrider.MySql.Protocol;

/// <summary>Names of the authentication plugins spoken here.</summary>
public static class AuthenticationPlugins
{
    /// <summary>SHA-1 challenge and response. https://mariadb.com/kb/en/authentication-plugin-mysql_native_password/</summary>
    public const string NativePassword = "mysql_native_password";

    /// <summary>SHA-256 with a server-side cache. https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html</summary>
    public const string CachingSha2Password = "caching_sha2_password";

    /// <summary>The password as it is; only over TLS and only when enabled. StarRocks uses it for LDAP users.</summary>
    public const string ClearPassword = "mysql_clear_password";
}
