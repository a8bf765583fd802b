namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Statements that come up in practice and are refused, with the reason. The list only makes verdicts clearer: what is
/// on neither list is refused too.
/// </summary>
internal static class RefusedForms
{
    private const string Writes = "it writes data; only reading statements are allowed";
    private const string Defines = "it changes definitions or privileges; only reading statements are allowed";
    private const string Acts = "it acts on the cluster; only reading statements are allowed";
    private const string ChangesSession = "it changes the session; every statement must stand alone";
    private const string Shows = "it shows credentials, privileges or the security posture";
    private const string Fetches = "it makes the server read a remote address";

    private static readonly RefusedForm[] s_all =
    [
        .. Rule(GuardRules.WriteStatement, Writes,
            "INSERT", "UPDATE", "DELETE", "TRUNCATE", "LOAD", "EXPORT", "CACHE", "REFRESH", "SUBMIT", "MERGE", "REPLACE",
            "ANALYZE", "COPY", "IMPORT"),
        .. Rule(GuardRules.DefinitionStatement, Defines,
            "CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "RENAME", "RECOVER", "UNDROP", "COMMENT"),
        .. Rule(GuardRules.AdminStatement, Acts,
            "ADMIN SHOW TABLET", "ADMIN", "KILL", "CANCEL", "PAUSE", "RESUME", "STOP", "SUSPEND", "SYNC", "CALL", "INSTALL",
            "UNINSTALL", "BACKUP", "RESTORE", "LOCK", "UNLOCK", "CLEAN", "CLEAR", "ADD", "ENABLE", "DISABLE", "SHUTDOWN",
            "DO", "TRANSLATE", "HANDLER", "FLUSH"),
        .. Rule(GuardRules.SessionStatement, ChangesSession,
            "SET", "USE", "BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "PREPARE", "EXECUTE", "DEALLOCATE", "DECLARE"),
        .. Rule(GuardRules.SensitiveShow, Shows,
            "SHOW GRANTS", "SHOW CREATE CATALOG", "SHOW CREATE EXTERNAL", "SHOW CREATE ROUTINE", "SHOW CREATE SECURITY",
            "SHOW CREATE GROUP", "SHOW CREATE USER", "SHOW CREATE MASKING", "SHOW CREATE ROW", "SHOW CREATE PASSWORD",
            "SHOW CREATE REPOSITORY", "SHOW CREATE RESOURCE", "SHOW CREATE STORAGE", "SHOW RESOURCES", "SHOW AUTHENTICATION",
            "SHOW ALL AUTHENTICATION", "SHOW USERS", "SHOW USER", "SHOW ROLES", "SHOW ROLE", "SHOW SECURITY", "SHOW GROUP",
            "SHOW SQLBLACKLIST", "SHOW SQL", "SHOW WHITELIST", "SHOW FILE", "SHOW REPOSITORIES", "SHOW PROPERTY",
            "SHOW PROPERTIES", "SHOW PRIVILEGES", "SHOW MASKING", "SHOW PASSWORD", "SHOW BROKER", "SHOW FUNCTIONS",
            "DESC STORAGE VOLUME", "DESCRIBE STORAGE VOLUME", "DESC PIPE", "DESCRIBE PIPE", "DESC FAILOVER",
            "DESCRIBE FAILOVER"),
        .. Rule(GuardRules.ServerFetch, Fetches, "SHOW LOAD WARNINGS ON", "SHOW SNAPSHOT"),
        .. Rule(GuardRules.FilesNotAllowed, "it reads remote storage with embedded keys", "DESC FILES", "DESCRIBE FILES"),
        .. Rule(GuardRules.ConfigKeyNotAllowed, "it shows every key, secrets included; add LIKE and one listed key",
            "ADMIN SHOW FRONTEND CONFIG", "ADMIN SHOW BACKEND CONFIG"),
        .. Rule(GuardRules.TraceNotAllowed, "it may execute the statement; use EXPLAIN", "TRACE"),
    ];

    /// <summary>The entry with the longest prefix of the statement at the cursor, or null.</summary>
    public static RefusedForm? Find(TokenCursor cursor) =>
        s_all.Where(form => form.Matches(cursor)).MaxBy(form => form.Words.Length);

    private static IEnumerable<RefusedForm> Rule(string rule, string reason, params string[] prefixes) =>
        prefixes.Select(prefix => new RefusedForm(prefix.Split(' '), rule, reason));
}
