namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Recognises the WHERE, ORDER BY and LIMIT of a SHOW statement. The server takes any expression there, with subqueries
/// and functions; the guard takes comparisons of a column with literals, joined by AND and OR.
/// </summary>
internal sealed class FilterParser(TokenCursor cursor)
{
    private static readonly string[] s_comparisons = ["=", "<", ">", "<=", ">=", "<>", "!=", "<=>"];

    /// <summary>A filter, which may be missing.</summary>
    public bool Filter() => (!cursor.At("WHERE") || Condition()) && Order() && Limit();

    /// <summary>A filter with at least a WHERE.</summary>
    public bool Condition() => cursor.Accept("WHERE") && Comparisons() && Order() && Limit();

    private bool Order() =>
        !cursor.Accept("ORDER") || (cursor.Expect("BY") && cursor.List(() =>
        {
            var sorted = Column();
            _ = cursor.AcceptAny(["ASC", "DESC"]);
            return sorted;
        }));

    private bool Limit() =>
        !cursor.Accept("LIMIT")
        || (cursor.Expect(SqlTokenKind.Integer, "an integer after LIMIT")
            && (!(cursor.Accept("OFFSET") || cursor.AcceptSymbol(",")) || cursor.Expect(SqlTokenKind.Integer, "an integer")));

    private bool Comparisons()
    {
        if (!cursor.Enter())
            return false;
        do
        {
            _ = cursor.Accept("NOT");
            if (!(cursor.AtSymbol("(") ? cursor.Parenthesised(Comparisons) : Column() && Comparison()))
                return false;
        }
        while (cursor.AcceptAny(["AND", "OR"]) || cursor.AcceptSymbol("&&") || cursor.AcceptSymbol("||"));
        return cursor.Leave();
    }

    private bool Column() => cursor.AcceptName(out _) && !cursor.AtSymbol("(") ? true : NotSimple();

    private bool Comparison()
    {
        foreach (var comparison in s_comparisons)
        {
            if (cursor.AcceptSymbol(comparison))
                return Literal();
        }
        if (cursor.Accept("IS"))
        {
            _ = cursor.Accept("NOT");
            return cursor.Expect("NULL");
        }
        _ = cursor.Accept("NOT");
        if (cursor.AcceptAny(["LIKE", "REGEXP", "RLIKE"]))
            return Literal();
        if (cursor.Accept("IN"))
            return cursor.Parenthesised(() => cursor.List(Literal));
        return cursor.Accept("BETWEEN") ? Literal() && cursor.Expect("AND") && Literal() : NotSimple();
    }

    private bool Literal()
    {
        if (cursor.Accept(SqlTokenKind.Text) || cursor.AcceptAny(["TRUE", "FALSE", "NULL"]))
            return true;
        _ = cursor.AcceptSymbol("-");
        return cursor.Accept(SqlTokenKind.Integer) || cursor.Accept(SqlTokenKind.Decimal) || NotSimple();
    }

    private bool NotSimple() =>
        cursor.Refuse(GuardRules.FilterNotSimple, "Compare columns with literals only, joined by AND and OR.");
}
