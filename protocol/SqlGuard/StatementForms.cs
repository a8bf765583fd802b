namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// The allow list of statements besides queries. Each shows metadata, state or history of the cluster, and none acts,
/// reaches outside of it or shows credentials. <c>docs/sql-guard.md</c> repeats the table.
/// </summary>
public static class StatementForms
{
    /// <summary>The form of a query, which <see cref="QueryParser"/> recognises.</summary>
    public const string Select = "select";

    public const string ExplainSelect = "explain select";

    public static IReadOnlyList<StatementForm> All { get; } =
    [
        new("show backends", "SHOW BACKENDS filter"),
        new("show frontends", "SHOW FRONTENDS filter"),
        new("show compute nodes", "SHOW COMPUTE NODES filter"),
        new("show proc", "SHOW PROC path"),
        new("admin show frontend config", "ADMIN SHOW FRONTEND CONFIG LIKE key"),
        new("admin show replica status", "ADMIN SHOW REPLICA STATUS FROM table [partitions] filter"),
        new("admin show replica distribution", "ADMIN SHOW REPLICA DISTRIBUTION FROM table [partitions] filter"),
        new("show variables", "SHOW [GLOBAL|SESSION|LOCAL|VERBOSE] VARIABLES [like] filter"),
        new("show status", "SHOW [GLOBAL|SESSION|LOCAL] STATUS [like] filter"),
        new("show databases", "SHOW (DATABASES|SCHEMAS) [(FROM|IN) catalog] [like] filter"),
        new("show tables", "SHOW [FULL] TABLES [(FROM|IN) database] [like] filter"),
        new("show table status", "SHOW TABLE STATUS [(FROM|IN) database] [like] filter"),
        new("show columns", "SHOW [FULL] (COLUMNS|FIELDS) (FROM|IN) table [(FROM|IN) database] [like] filter"),
        new("show index", "SHOW (INDEX|INDEXES|KEY|KEYS) (FROM|IN) table [(FROM|IN) database] filter"),
        new("show create table", "SHOW CREATE TABLE table"),
        new("show create view", "SHOW CREATE VIEW table"),
        new("show create materialized view", "SHOW CREATE MATERIALIZED VIEW table"),
        new("desc", "(DESC|DESCRIBE) table [ALL]"),
        new("show partitions", "SHOW [TEMPORARY] PARTITIONS FROM table filter"),
        new("show dynamic partition tables", "SHOW DYNAMIC PARTITION TABLES [(FROM|IN) database] filter"),
        new("show tablet", "SHOW (TABLET|TABLETS) (integer|FROM table [partitions] filter)"),
        new("show data", "SHOW DATA [FROM table] filter"),
        new("show data distribution", "SHOW DATA DISTRIBUTION FROM table [partitions] filter"),
        new("show load", "SHOW LOAD [ALL] [FROM database] filter"),
        new("show load warnings", "SHOW LOAD WARNINGS [FROM database] condition"),
        new("show routine load", "SHOW [ALL] ROUTINE LOAD [FOR job] [FROM database] filter"),
        new("show routine load task", "SHOW ROUTINE LOAD TASK [FROM database] filter"),
        new("show stream load", "SHOW [ALL] STREAM LOAD [FOR job] [FROM database] filter"),
        new("show transaction", "SHOW TRANSACTION [(FROM|IN) database] filter"),
        new("show pipes", "SHOW PIPES [like|FROM database] filter"),
        new("show running queries", "SHOW RUNNING QUERIES filter"),
        new("show processlist", "SHOW [FULL] PROCESSLIST filter"),
        new("show profilelist", "SHOW PROFILELIST filter"),
        new("analyze profile", "ANALYZE PROFILE FROM query nodes"),
        new("show resource groups", "SHOW [VERBOSE] RESOURCE (GROUPS [ALL]|GROUP identifier) filter"),
        new("show usage resource groups", "SHOW USAGE RESOURCE (GROUPS|GROUP identifier) filter"),
        new("show warehouses", "SHOW WAREHOUSES [like] filter"),
        new("show nodes", "SHOW NODES FROM (WAREHOUSES [like]|WAREHOUSE identifier [CNGROUP identifier]) filter"),
        new("show storage volumes", "SHOW STORAGE VOLUMES [like] filter"),
        new("show catalogs", "SHOW CATALOGS [like] filter"),
        new("show plugins", "SHOW PLUGINS filter"),
        new("show materialized views", "SHOW MATERIALIZED VIEWS [(FROM|IN) database] [like] filter"),
        new("show alter table", "SHOW ALTER TABLE (COLUMN|ROLLUP|OPTIMIZE) [(FROM|IN) database] filter"),
        new("show alter materialized view", "SHOW ALTER MATERIALIZED VIEW [(FROM|IN) database] filter"),
        new("show export", "SHOW EXPORT [(FROM|IN) database] [like] filter"),
        new("show backup", "SHOW BACKUP [(FROM|IN) database] filter"),
        new("show restore", "SHOW RESTORE [(FROM|IN) database] filter"),
        new("show analyze", "SHOW ANALYZE [JOB|STATUS] filter"),
        new("show stats meta", "SHOW [MULTIPLE COLUMNS] STATS META filter"),
        new("show histogram meta", "SHOW HISTOGRAM META filter"),
    ];
}
