namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// StarRocks' keywords (StarRocksLex.g4) by what the guard must know of them. A word that is reserved in one version
/// and free in another counts as reserved, so that the guard never takes for an alias what a server takes for a clause.
/// </summary>
internal static class SqlKeywords
{
    private static readonly WordSet Reserved = new("""
        add all alter analyze and array as asc asof between bigint bitmap bitshiftleft bitshiftright bitshiftrightlogical
        both by case char character check collate column compaction convert create cross cube current_date current_group
        current_role current_time current_timestamp current_user database databases decimal decimal128 decimal256
        decimal32 decimal64 decimalv2 default deferred delete dense_rank desc describe distinct div double drop dual else
        exists explain false files first_value float for force from full function gin grant group grouping grouping_id
        groups having hll if ignore immediate in index infile inner insert int integer intersect into invoker is join
        json key keys kill lag largeint last_value lateral lead left like limit load localtime localtimestamp maxvalue
        mod not ntile null on optimize or order outer outfile over partition percentile prepare primary procedure range
        read regexp release rename replace revoke right rlike rows row_number schema schemas select set set_var show
        smallint table terminated text then tinyint to true union unique unsigned update use using values varchar variant
        when where with
        """);

    // Words that can be names but open a clause after an expression, or only after a table.
    private static readonly WordSet AfterExpression = new("except exclude minus match match_any match_all filter qualify");

    private static readonly WordSet AfterTable = new("""
        anti assert_rows aware before branch except exclude filter interval lock match minus natural offset overwrite
        partitions pivot qualify recursive replica sample semi straight_join system_time tablet tablets tag temporary
        timestamp unpivot version window
        """);

    public static bool IsReserved(ReadOnlySpan<char> word) => Reserved.Contains(word);

    /// <summary>Whether the word can follow a select item as its alias without AS.</summary>
    public static bool IsColumnAlias(ReadOnlySpan<char> word) => !Reserved.Contains(word) && !AfterExpression.Contains(word);

    /// <summary>Whether the word can follow a table as its alias without AS.</summary>
    public static bool IsTableAlias(ReadOnlySpan<char> word) => !Reserved.Contains(word) && !AfterTable.Contains(word);
}
