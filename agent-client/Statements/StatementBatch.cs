namespace Outrider.Agent.Statements;

/// <summary>Statements that run together.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Mode">How.</param>
/// <param name="Statements">At least one, in order.</param>
internal sealed record StatementBatch(int Number, BatchMode Mode, IReadOnlyList<SqlStatement> Statements)
{
    /// <summary>
    /// Puts statements together without changing their order: reading ones, writing ones, at most <paramref name="size"/> each. The rest
    /// runs alone, but where a transaction can hold ddl too (<paramref name="hasTransactionalDdl"/>), that goes with the writing ones.
    /// </summary>
    public static List<StatementBatch> Of(IReadOnlyList<SqlStatement> statements, int size, bool hasTransactionalDdl)
    {
        var batches = new List<StatementBatch>();
        List<SqlStatement>? open = null;
        foreach (var statement in statements)
        {
            var mode = ModeOf(statement, hasTransactionalDdl);
            if (open is null || mode == BatchMode.Alone || batches[^1].Mode != mode || open.Count == size)
            {
                open = [];
                batches.Add(new StatementBatch(batches.Count + 1, mode, open));
            }
            open.Add(statement);
        }
        return batches;
    }

    private static BatchMode ModeOf(SqlStatement statement, bool hasTransactionalDdl) => statement switch
    {
        { IsAlone: true } when hasTransactionalDdl => BatchMode.Alone,
        { Kind: StatementKind.Read } => BatchMode.ReadOnly,
        { Kind: StatementKind.Write } => BatchMode.Transaction,
        _ => hasTransactionalDdl ? BatchMode.Transaction : BatchMode.Alone,
    };
}
