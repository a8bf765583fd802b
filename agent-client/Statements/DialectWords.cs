namespace Outrider.Agent.Statements;

/// <summary>The word lists of the dialects, blanks between words. What stands in none of them is refused as unknown.</summary>
internal sealed record DialectWords
{
    private const string CommonDdl = "CREATE ALTER DROP TRUNCATE";

    public required string Read { get; init; }

    public required string Write { get; init; }

    public required string Ddl { get; init; }

    public required string Admin { get; init; }

    public required string DdlObjects { get; init; }

    public required string AdminObjects { get; init; }

    public string DangerousWords { get; init; } = "";

    public string Engines { get; init; } = "";

    public required string Calls { get; init; }

    public string CallPrefixes { get; init; } = "";

    public static DialectWords MySql { get; } = new()
    {
        Read = "SELECT SHOW USE HELP VALUES TABLE",
        Write = "INSERT UPDATE DELETE REPLACE",
        Ddl = CommonDdl + " RENAME OPTIMIZE REPAIR",
        Admin = """
            GRANT REVOKE SET FLUSH KILL START LOAD INSTALL UNINSTALL SHUTDOWN RESTART RESET CHANGE STOP PURGE LOCK UNLOCK CALL DO HANDLER PREPARE
            EXECUTE DEALLOCATE BINLOG CACHE CHECK CHECKSUM CLONE IMPORT BACKUP
            """,
        DdlObjects = "TABLE VIEW INDEX DATABASE SCHEMA SEQUENCE",
        AdminObjects = """
            USER ROLE SERVER FUNCTION PROCEDURE TRIGGER EVENT PACKAGE INSTANCE RESOURCE LOGFILE TABLESPACE UNDO SPATIAL AGGREGATE LIBRARY
            """,
        DangerousWords = "OUTFILE DUMPFILE INFILE SONAME DIRECTORY FEDERATED SPIDER",
        Engines = "FEDERATED CONNECT SPIDER S3 MROONGA OQGRAPH",
        Calls = """
            LOAD_FILE SLEEP BENCHMARK GET_LOCK RELEASE_LOCK RELEASE_ALL_LOCKS SYS_EXEC SYS_EVAL SYS_GET SYS_SET MASTER_POS_WAIT SOURCE_POS_WAIT
            MASTER_GTID_WAIT WAIT_FOR_EXECUTED_GTID_SET WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS EXECUTE LIB_MYSQLUDF_SYS_INFO
            """,
    };

    public static DialectWords Doris { get; } = MySql with
    {
        Admin = MySql.Admin + " ADMIN RESTORE EXPORT PAUSE RESUME CANCEL RECOVER REFRESH SYNC SWITCH WARM CLEAN UNSET COPY DECOMMISSION",
        AdminObjects = MySql.AdminObjects + """
             CATALOG REPOSITORY ROUTINE SQL_BLOCK_RULE WORKLOAD FILE ENCRYPTKEY STORAGE JOB STAGE STORAGES SYSTEM COLOCATE EXTERNAL SYNC
             COMPUTE GROUP VAULT PROFILE CONNECTION
            """,
        DangerousWords = MySql.DangerousWords + " BROKER",
        Engines = MySql.Engines + " MYSQL ODBC JDBC BROKER HIVE ICEBERG HUDI ES ELASTICSEARCH",
        Calls = MySql.Calls + " S3 HDFS LOCAL FILE FILES HTTP_STREAM QUERY JDBC HTTP CDC_STREAM",
    };

    public static DialectWords Postgres { get; } = new()
    {
        Read = "SELECT SHOW VALUES TABLE",
        Write = "INSERT UPDATE DELETE MERGE",
        Ddl = CommonDdl + " COMMENT REINDEX REFRESH ANALYZE ANALYSE VACUUM CLUSTER",
        Admin = """
            GRANT REVOKE SET RESET DO CALL LOAD COPY LISTEN UNLISTEN NOTIFY LOCK PREPARE EXECUTE DEALLOCATE DISCARD CHECKPOINT SECURITY
            REASSIGN IMPORT DECLARE FETCH MOVE CLOSE
            """,
        DdlObjects = "TABLE VIEW INDEX DATABASE SCHEMA SEQUENCE TYPE DOMAIN STATISTICS COLUMN CONSTRAINT",
        AdminObjects = """
            USER ROLE GROUP FUNCTION PROCEDURE ROUTINE TRIGGER EVENT RULE POLICY EXTENSION LANGUAGE SERVER FOREIGN SUBSCRIPTION PUBLICATION
            TABLESPACE SYSTEM OPERATOR AGGREGATE CAST COLLATION CONVERSION TRANSFORM ACCESS TEXT PRIVILEGES OBJECT OWNED DEFAULT LARGE
            """,
        Calls = """
            SET_CONFIG QUERY_TO_XML QUERY_TO_XMLSCHEMA QUERY_TO_XML_AND_XMLSCHEMA CURSOR_TO_XML TS_STAT TS_REWRITE PG_STAT_FILE PG_SLEEP
            PG_SLEEP_FOR PG_SLEEP_UNTIL PG_TERMINATE_BACKEND PG_CANCEL_BACKEND PG_RELOAD_CONF PG_ROTATE_LOGFILE PG_PROMOTE PG_SWITCH_WAL
            PG_CREATE_RESTORE_POINT PG_BACKUP_START PG_BACKUP_STOP PG_START_BACKUP PG_STOP_BACKUP PG_NOTIFY PG_CURRENT_LOGFILE
            PG_EXPORT_SNAPSHOT PG_LOG_BACKEND_MEMORY_CONTEXTS PG_IMPORT_SYSTEM_COLLATIONS CROSSTAB LOREAD LOWRITE
            """,
        CallPrefixes = "PG_READ_ PG_LS_ PG_FILE_ PG_LOGDIR_ PG_LOGICAL_ PG_REPLICATION_ PG_CREATE_ PG_DROP_ PG_COPY_ PG_ADVISORY_ PG_TRY_ADVISORY_ "
            + "PG_WAL_ PG_STAT_RESET PG_REPLICA LO_ DBLINK",
    };

    public static DialectWords ClickHouse { get; } = new()
    {
        Read = "SELECT SHOW DESCRIBE DESC EXISTS VALUES",
        Write = "INSERT UPDATE DELETE",
        Ddl = CommonDdl + " ATTACH DETACH RENAME OPTIMIZE EXCHANGE UNDROP",
        Admin = "SYSTEM KILL SET GRANT REVOKE BACKUP RESTORE CHECK USE MOVE EXECUTE",
        DdlObjects = "TABLE VIEW DATABASE INDEX PARTITION TABLES",
        AdminObjects = "USER ROLE QUOTA ROW POLICY SETTINGS PROFILE FUNCTION NAMED COLLECTION DICTIONARY DICTIONARIES WORKLOAD RESOURCE WINDOW LIVE",
        DangerousWords = "OUTFILE INFILE",
        Engines = """
            URL FILE MYSQL POSTGRESQL JDBC ODBC HDFS S3 S3QUEUE AZUREBLOBSTORAGE AZUREQUEUE MONGODB REDIS SQLITE KAFKA RABBITMQ NATS
            EXECUTABLE EXECUTABLEPOOL DISTRIBUTED MATERIALIZEDMYSQL MATERIALIZEDPOSTGRESQL EXTERNALDISTRIBUTED DELTALAKE ICEBERG HUDI HIVE
            GCS OSS COSN FILELOG YTSAURUS ARROWFLIGHT DATALAKECATALOG DICTIONARY BACKUP
            """,
        Calls = """
            URL FILE REMOTE REMOTESECURE CLUSTER CLUSTERALLREPLICAS MYSQL POSTGRESQL JDBC ODBC HDFS S3 GCS OSS COSN AZUREBLOBSTORAGE MONGODB
            REDIS SQLITE INPUT EXECUTABLE EXECUTABLEPOOL DELTALAKE ICEBERG HUDI HIVE KAFKA RABBITMQ DISTRIBUTED CATBOOSTEVALUATE MODELEVALUATE
            URLCLUSTER FILECLUSTER SLEEP SLEEPEACHROW FILELOG PYTHON ARROWFLIGHT YTSAURUS PAIMON LOOP
            """,
        CallPrefixes = "S3 HDFS AZURE ICEBERG DELTALAKE HUDI JDBC ODBC MYSQL POSTGRESQL MONGODB PAIMON",
    };

    /// <summary>First words and their kinds.</summary>
    public Dictionary<string, StatementKind> Kinds()
    {
        var kinds = new Dictionary<string, StatementKind>(StringComparer.Ordinal);
        foreach (var (words, kind) in new[]
        {
            (Read, StatementKind.Read), (Write, StatementKind.Write), (Ddl, StatementKind.Ddl), (Admin, StatementKind.Admin),
        })
        {
            foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                kinds[word] = kind;
        }
        return kinds;
    }
}
