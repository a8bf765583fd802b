namespace Outrider.Agent.Collectors.Scraping;

/// <summary>
/// What is kept of endpoints that are known. StarRocks exposes thousands of series, many for each table; these are the ones that tell how a
/// node is (https://docs.starrocks.io/docs/administration/management/monitoring/metrics/). The names have a prefix in some versions.
/// </summary>
internal static class ScrapePresets
{
    public const string StarRocksFe = "starrocks_fe";
    public const string StarRocksBe = "starrocks_be";

    private static readonly string[] s_frontend =
    [
        "starrocks_fe_query_total", "starrocks_fe_query_err", "starrocks_fe_query_timeout", "starrocks_fe_query_internal_err", "starrocks_fe_query_analysis_err",
        "starrocks_fe_slow_query", "starrocks_fe_query_latency*", "starrocks_fe_query_queue*", "starrocks_fe_qps", "starrocks_fe_rps", "starrocks_fe_query_err_rate",
        "starrocks_fe_connection_total", "starrocks_fe_txn_*", "starrocks_fe_load_*", "starrocks_fe_job", "starrocks_fe_tablet_num",
        "starrocks_fe_tablet_max_compaction_score", "starrocks_fe_max_tablet_compaction_score", "starrocks_fe_scheduled_tablet_num", "starrocks_fe_unhealthy_tablet_num",
        "starrocks_fe_max_journal_id", "starrocks_fe_meta_log_count", "starrocks_fe_edit_log_*", "starrocks_fe_image_*", "starrocks_fe_routine_load_*",
        "starrocks_fe_thread_pool", "starrocks_fe_node_info", "starrocks_fe_memory", "starrocks_fe_request_total", "jvm_*", "system_memory", "system_tcp*",
    ];

    private static readonly string[] s_backend =
    [
        "starrocks_be_cpu", "starrocks_be_process_*", "starrocks_be_*_mem_bytes", "starrocks_be_memory_*", "starrocks_be_disks_*", "starrocks_be_disk_io_*",
        "starrocks_be_disk_bytes_*", "starrocks_be_disk_*_time_ms", "starrocks_be_max_disk_io_util_percent", "starrocks_be_max_network_*", "starrocks_be_network_*_bytes",
        "starrocks_be_compaction_*", "starrocks_be_*_compaction_*", "starrocks_be_tablet_*_max_compaction_score", "starrocks_be_query_scan_*", "starrocks_be_query_cache_*",
        "starrocks_be_fragment_*", "starrocks_be_pipe_*", "starrocks_be_engine_requests_total", "starrocks_be_load_*", "starrocks_be_memtable_*", "starrocks_be_stream_load*",
        "starrocks_be_streaming_load_*", "starrocks_be_txn_*", "starrocks_be_publish_*", "starrocks_be_page_cache_*", "starrocks_be_block_cache_*", "starrocks_be_datacache_*",
        "starrocks_be_wg_*", "starrocks_be_resource_group_*", "starrocks_be_running_*", "starrocks_be_snmp", "starrocks_be_load_average",
    ];

    /// <summary>The rules for a kind; null: there is none of that name.</summary>
    public static IReadOnlyList<ScrapeRule>? For(string kind) => kind switch
    {
        StarRocksFe => [.. s_frontend.Select(metric => new ScrapeRule(metric))],
        StarRocksBe => [new("starrocks_be_cpu", "mode", "guest*", Drop: true), .. s_backend.Select(metric => new ScrapeRule(metric))],
        _ => null,
    };
}
