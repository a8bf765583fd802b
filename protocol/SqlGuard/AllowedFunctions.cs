namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// The functions a query may call: StarRocks' built-in functions that only compute from their arguments or tell about
/// the session. Whatever isn't listed may be a user-defined function.
/// </summary>
internal static class AllowedFunctions
{
    /// <summary>The one function whose argument is checked: a query id literal.</summary>
    public const string QueryProfile = "get_query_profile";

    private static readonly WordSet Scalar = new("""
        abs acos acosh asin asinh atan atan2 atanh bin cbrt ceil ceiling conv cos cosh cot crc32 degrees dceil dexp dfloor
        dlog1 dlog10 dpow dround dsqrt e equiwidth_bucket exp floor fmod fpow greatest l2_distance least ln log log10
        log2 mod murmur_hash3_32 negative pi pmod positive pow power radians rand random round sign sin sinh sqrt square
        tan tanh truncate xx_hash3_64 xx_hash3_128 xx_hash64 bit_shift_left bit_shift_right
        bit_shift_right_logical bitand bitnot bitor bitxor
        if ifnull isnull isnotnull coalesce nullif nvl typeof
        append_trailing_char_if_absent ascii char char_length character_length chr concat concat_ws ends_with field
        find_in_set format_bytes hex hex_decode_string initcap instr lcase left length
        locate lower lpad ltrim md5 md5sum md5sum_numeric money_format ngram_search ngram_search_case_insensitive
        null_or_empty octet_length parse_url position regexp regexp_count regexp_extract regexp_extract_all
        regexp_position regexp_replace regexp_split replace reverse right rlike rpad rtrim sha2 split
        split_part starts_with str_to_map strcmp strleft strpos strright substr substring substring_index tokenize
        translate trim ucase unhex upper url_decode url_encode url_extract_host url_extract_parameter like
        from_base64 to_base64 from_binary to_binary base64_decode_string base64_decode_binary
        adddate add_months convert_tz curdate current_date current_time current_timestamp curtime date date_add date_diff
        date_floor date_format date_slice date_sub date_trunc datediff day day_of_week dayname dayofmonth dayofweek
        dayofweek_iso dayofyear days_add days_diff days_sub format_time from_days from_unixtime from_unixtime_ms hour
        hour_from_unixtime hours_add hours_diff hours_sub iso_week jodatime_format last_day localtime localtimestamp
        makedate microseconds_add microseconds_sub milliseconds_add milliseconds_diff milliseconds_sub minute minutes_add
        minutes_diff minutes_sub month monthname months_add months_diff months_sub next_day now previous_day quarter
        quarters_add quarters_sub sec_to_time second seconds_add seconds_diff seconds_sub str2date str_to_date
        str_to_jodatime strftime subdate teradata_to_char teradata_to_date time time_format time_slice time_to_sec
        timediff timestamp timestampadd timestampdiff to_date to_datetime to_datetime_ntz to_days to_iso8601
        to_tera_date to_tera_timestamp unix_timestamp utc_time utc_timestamp week week_iso weekday weekofyear weeks_add
        weeks_diff weeks_sub year years_add years_diff years_sub yearweek
        array_agg array_append array_avg array_concat array_contains array_contains_all array_contains_seq
        array_cum_sum array_difference array_distinct array_filter array_flatten array_intersect array_join array_length
        array_map array_max array_min array_position array_remove array_slice array_sort array_sort_lambda array_sortby
        array_sum array_to_bitmap array_top_n array_unique_agg arrays_overlap arrays_zip all_match any_match cardinality
        element_at reduce distinct_map_keys map_apply map_concat map_entries map_filter map_from_arrays map_keys map_size
        map_values transform_keys transform_values row struct named_struct
        arrays_to_map cosine_similarity cosine_similarity_norm
        get_json_array get_json_bool get_json_double get_json_int get_json_object get_json_string get_variant_string
        json_array json_contains json_exists json_keys json_length json_object
        json_pretty json_query json_remove json_set json_string json_value parse_json to_json
        catalog connection_id current_catalog current_group current_role current_timezone current_user current_version current_warehouse database host_name
        last_query_id schema session_user user version uuid uuid_numeric bar
        inet_aton inet_ntoa 
        """);

    private static readonly WordSet Aggregate = new("""
        any_value approx_count_distinct approx_count_distinct_hll_sketch approx_top_k arg_max arg_min array_agg_distinct
        avg bitmap_agg bitmap_and bitmap_andnot bitmap_contains bitmap_count bitmap_empty bitmap_from_string bitmap_hash
        bitmap_has_any bitmap_intersect bitmap_max bitmap_min bitmap_or bitmap_to_array bitmap_to_string bitmap_union
        bitmap_union_count bitmap_union_int bitmap_xor to_bitmap bool_and bool_or boolor_agg booland_agg corr count
        count_if covar_pop covar_samp ds_hll_count_distinct first_value group_concat grouping grouping_id histogram_hll_ndv
        hll_cardinality hll_empty hll_hash hll_raw_agg hll_union hll_union_agg intersect_count last_value map_agg
        mann_whitney_u_test max max_by median min min_by mode multi_distinct_count multi_distinct_sum ndv percentile_approx
        percentile_approx_raw percentile_approx_weighted percentile_cont percentile_disc percentile_disc_lc percentile_empty
        percentile_hash percentile_union retention std stddev stddev_pop stddev_samp string_agg sum sum_map var_pop var_samp
        variance variance_pop variance_samp window_funnel
        cume_dist dense_rank lag lead ntile percent_rank rank row_number session_number
        """);

    // Known to act, leak or burn resources (reference: StarRocks' meta functions, generators, remote models).
    private static readonly WordSet Denied = new("""
        ai_query array_generate array_repeat assert_true benchmark dict_mapping dictionary_get files generate_series
        get_query_dump http_request inspect_all_pipes inspect_hive_part_info inspect_memory inspect_memory_detail
        inspect_mv_meta inspect_mv_plan inspect_mv_refresh_info inspect_mv_relationships inspect_related_mv
        inspect_task_runs list_rowsets load_file lookup_string password repeat sleep space sys_eval sys_exec 
        """);

    public static bool IsAllowed(ReadOnlySpan<char> name) => Scalar.Contains(name) || Aggregate.Contains(name);

    /// <summary>The rule and message that refuse to call the function, or null when a query may.</summary>
    public static (string Rule, string Message)? Refusal(IReadOnlyList<string> name)
    {
        if (name.Count > 1)
            return (GuardRules.QualifiedFunction, $"Call a built-in function without {name[0]}.: user-defined functions are not allowed.");
        if (IsAllowed(name[0]))
            return null;
        return Denied.Contains(name[0])
            ? (GuardRules.FunctionNotAllowed, $"Remove {name[0]}(): it acts on the cluster, shows more than a query may or takes resources.")
            : (GuardRules.UnknownFunction, $"Remove {name[0]}(): it is not on the list of built-in read-only functions.");
    }
}
