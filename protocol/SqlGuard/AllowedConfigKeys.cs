using System.Text;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Which patterns ADMIN SHOW FRONTEND CONFIG LIKE may carry. Among the frontend's keys are passwords and cloud
/// credentials, so a pattern must be a listed key, or hold a word that no key with a secret holds.
/// </summary>
internal static class AllowedConfigKeys
{
    private const int MaxPatternLength = 128;

    private static readonly string[] SafeWords =
    [
        "autovacuum", "balance", "checkpoint", "clone", "colocat", "compact", "consistency", "dynamic_partition",
        "parallelism", "publish", "recycle", "replica", "routine_load", "rowset", "schedul", "shard", "slow_query",
        "statistic", "stream_load", "tablet", "transaction", "txn", "vacuum",
    ];

    private static readonly WordSet Keys = new("""
        run_mode cluster_id cluster_name priority_networks frontend_address query_port http_port rpc_port edit_log_port
        enable_auth_check enable_strict_storage_medium_check storage_cooldown_second default_storage_medium
        storage_usage_soft_limit_percent storage_usage_soft_limit_reserve_bytes storage_usage_hard_limit_percent
        storage_usage_hard_limit_reserve_bytes storage_high_watermark_usage_percent storage_min_left_capacity_bytes
        storage_flood_stage_usage_percent storage_flood_stage_left_capacity_bytes catalog_trash_expire_second
        trash_expire_second partition_recycle_retention_period_secs tablet_create_timeout_second
        max_create_table_timeout_second default_replication_num max_agent_task_threads_num agent_task_resend_wait_time_ms
        lake_compaction_max_tasks lake_compaction_score_selector_min_score lake_compaction_history_size
        lake_compaction_default_timeout_second lake_compaction_disable_ids lake_compaction_fail_history_size
        lake_compaction_allow_partial_success lake_compaction_initial_compaction_interval_ms
        lake_compaction_min_compaction_interval_ms lake_compaction_max_compaction_interval_ms
        lake_compaction_simple_selector_min_score lake_compaction_score_upper_bound lake_compaction_max_parallel_default
        lake_enable_ingest_slowdown lake_ingest_slowdown_threshold lake_ingest_slowdown_ratio
        lake_autovacuum_parallel_partitions lake_autovacuum_partition_naptime_seconds lake_autovacuum_grace_period_minutes
        lake_autovacuum_stale_partition_threshold lake_enable_batch_publish_version lake_publish_version_max_threads
        lake_batch_publish_max_version_num lake_batch_publish_min_version_num lake_use_combined_txn_log
        lake_warehouse_max_compute_replica lake_background_warehouse
        enable_load_volume_from_conf cloud_native_storage_type cloud_native_meta_port starmgr_grpc_timeout_seconds
        starmgr_grpc_server_max_worker_threads
        max_running_txn_num_per_db transaction_clean_interval_second label_keep_max_second label_keep_max_num
        label_clean_interval_second streaming_label_keep_max_second history_job_keep_max_second
        publish_version_interval_ms enable_sync_publish max_running_rollup_job_num_per_table
        desired_max_waiting_jobs max_routine_load_task_num_per_be max_routine_load_task_concurrent_num
        max_routine_load_job_num max_routine_load_batch_size routine_load_task_consume_second
        routine_load_task_timeout_second routine_load_kafka_timeout_second routine_load_unstable_threshold_second
        enable_routine_load_lag_metrics min_routine_load_lag_for_metrics period_of_auto_resume_min
        stream_load_default_timeout_second max_stream_load_timeout_second min_load_timeout_second max_load_timeout_second
        max_stream_load_batch_size_mb stream_load_task_keep_max_num stream_load_task_keep_max_second
        prepared_transaction_default_timeout_second stream_load_max_txn_num_per_be insert_load_default_timeout_second
        broker_load_default_timeout_second spark_load_default_timeout_second load_checker_interval_second
        load_straggler_wait_second load_parallel_instance_num load_pending_thread_num load_etl_thread_num
        load_running_job_num_limit max_broker_load_job_concurrency max_broker_concurrency min_bytes_per_broker_scanner
        eliminate_shuffle_load_by_replicated_storage enable_statistic_collect_on_first_load
        loads_history_sync_interval_second loads_history_retained_days enable_load_profile
        load_profile_collect_threshold_second load_profile_info_reserved_num task_runs_ttl_second task_runs_max_history_number
        task_ttl_second task_runs_concurrency task_runs_queue_length enable_task_history_archive
        qe_max_connection max_connection_scheduler_threads_num max_mysql_service_task_threads_num
        qe_slow_log_ms slow_lock_threshold_ms slow_lock_log_every_ms profile_info_reserved_num
        enable_collect_query_detail_info query_detail_cache_time_nanosecond profile_process_threads_num
        max_query_retry_time max_planner_scalar_rewrite_num enable_statistic_collect
        statistic_collect_interval_sec statistic_auto_analyze_start_time statistic_auto_analyze_end_time
        statistic_auto_collect_ratio statistic_collect_concurrency enable_auto_collect
        tablet_sched_slot_num_per_path tablet_sched_max_scheduling_tablets tablet_sched_max_balancing_tablets
        tablet_sched_disable_balance tablet_sched_disable_colocate_balance tablet_sched_balance_load_disk_safe_threshold
        tablet_sched_balance_load_score_threshold tablet_sched_repair_delay_factor_second
        tablet_sched_min_clone_task_timeout_sec tablet_sched_max_clone_task_timeout_sec
        tablet_sched_storage_cooldown_second tablet_sched_always_force_decommission_replica
        tablet_stat_update_interval_second schedule_slot_num_per_path max_scheduling_tablets max_balancing_tablets
        consistency_check_start_time consistency_check_end_time consistency_tablet_meta_check_interval_ms
        check_consistency_default_timeout_second recover_with_empty_tablet
        heartbeat_timeout_second heartbeat_mgr_threads_num heartbeat_retry_times max_backend_heartbeat_failure_tolerance_count
        thrift_rpc_timeout_ms brpc_send_plan_fragment_timeout_ms enable_udf
        enable_experimental_mv mv_auto_analyze_async default_mv_refresh_immediate max_mv_task_run_meta_message_values_length
        alter_table_timeout_second enable_fast_schema_evolution enable_auto_tablet_distribution
        enable_new_publish_mechanism enable_dict_optimize_routine_load metadata_journal_queue_size
        edit_log_roll_num meta_delay_toleration_second txn_rollback_limit bdbje_heartbeat_timeout_second
        bdbje_lock_timeout_second replica_ack_policy max_bdbje_clock_delta_ms bdbje_cleaner_threads
        max_tables_per_database max_partitions_in_one_batch max_partition_number_per_table max_automatic_partition_number
        dynamic_partition_enable dynamic_partition_check_interval_seconds
        max_backend_down_time_second report_queue_size max_allowed_in_element_num_of_delete
        datacache_select_execution_timeout enable_datacache enable_materialized_view hive_meta_cache_ttl_s
        sys_log_level sys_log_dir audit_log_dir audit_log_modules audit_log_roll_num audit_log_delete_age
        enable_audit_sql enable_profile_log enable_qe_slow_log sys_log_roll_num sys_log_delete_age meta_dir
        java_home enable_decimal_v3 empty_load_as_error enable_http_async_handler http_worker_threads_num
        """);

    public static bool IsAllowed(ReadOnlySpan<char> pattern)
    {
        if (pattern.Length > MaxPatternLength || pattern.ContainsAnyExcept(s_patternCharacters))
            return false;
        if (Keys.Contains(pattern))
            return true;
        Span<char> lower = stackalloc char[pattern.Length];
        Ascii.ToLower(pattern, lower, out _);
        foreach (var word in SafeWords)
        {
            if (((ReadOnlySpan<char>)lower).Contains(word, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static readonly System.Buffers.SearchValues<char> s_patternCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_%");
}
