using System.Text;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// The tables a query may read: the cluster's metadata, load history and audit log. Not on the list, though in the same
/// schemas: privileges, and statistics that hold column values.
/// </summary>
internal static class AllowedTables
{
    private const string DefaultCatalog = "default_catalog";

    private static readonly WordSet InformationSchema = new("""
        analyze_status be_bvars be_cloud_native_compactions be_compactions be_configs be_datacache_metrics be_logs
        be_metrics be_tablet_write_log be_tablets be_threads be_txns character_sets cluster_snapshot_jobs
        cluster_snapshots collations column_stats_usage columns dynamic_tablet_jobs engines events fe_locks
        fe_memory_usage fe_metrics fe_tablet_schedules fe_threads global_variables key_column_usage keywords
        load_tracking_logs loads materialized_view_refresh_jobs materialized_views partitions partitions_meta pipe_files
        pipes recyclebin_catalogs referential_constraints routine_load_jobs running_transactions schemata
        session_variables statistics stream_loads table_constraints tables tables_config tablet_reshard_jobs task_runs
        tasks temp_tables triggers verbose_session_variables views warehouse_metrics warehouse_queries
        """);

    private static readonly WordSet Statistics = new("loads_history task_run_history");

    private static readonly WordSet Audit = new("starrocks_audit_tbl__");

    /// <summary>The rule and message that refuse to read the table, or null when a query may.</summary>
    /// <param name="name">The parts of the name as written, without quotes.</param>
    /// <param name="policy">What the agent's owner added.</param>
    public static (string Rule, string Message)? Refusal(IReadOnlyList<string> name, GuardPolicy policy)
    {
        if (name.Count > 3 || (name.Count == 3 && !Same(name[0], DefaultCatalog)))
            return (GuardRules.CatalogNotAllowed, $"Read only tables of {DefaultCatalog}.");
        if (name.Count == 1 && policy.DefaultDatabase is null)
            return (GuardRules.UnqualifiedTable, $"Write {name[0]} with its schema, such as information_schema.{name[0]}, or define it in a WITH clause before.");
        var table = name[^1];
        var schema = name.Count == 1 ? policy.DefaultDatabase! : name[^2]; // Not null: see above.
        if (policy.ExtraTables.Any(extra => Same(extra, $"{schema}.{table}")))
            return null;
        var listed = Listed(schema);
        if (listed is null)
            return (GuardRules.SchemaNotAllowed, $"Remove {schema}.{table}: queries read information_schema, the load history and the audit table only.");
        return listed.Contains(table) ? null
            : (GuardRules.TableNotAllowed, $"Remove {schema}.{table}: it is not on the list of tables a query may read.");
    }

    public static bool IsDefaultCatalog(string name) => Same(name, DefaultCatalog);

    private static WordSet? Listed(string schema) =>
        Same(schema, "information_schema") ? InformationSchema
        : Same(schema, "_statistics_") ? Statistics
        : Same(schema, "starrocks_audit_db__") ? Audit
        : null;

    private static bool Same(string left, string right) => Ascii.EqualsIgnoreCase(left, right);
}
