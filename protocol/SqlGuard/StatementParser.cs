namespace Outrider.Protocol.SqlGuard;

/// <summary>Finds the form of one statement: a query, an explained query or an entry of <see cref="StatementForms"/>.</summary>
internal sealed class StatementParser(TokenCursor cursor, GuardPolicy policy)
{
    private static readonly string[] s_explain = ["EXPLAIN", "DESC", "DESCRIBE"];
    private static readonly string[] s_explainKinds = ["LOGICAL", "VERBOSE", "COSTS", "SCHEDULER"];

    /// <summary>The id of the statement's form, or null with the refusal in the cursor.</summary>
    public string? Form()
    {
        if (cursor.AtSymbol("(") || cursor.At("SELECT") || cursor.At("WITH"))
            return Query() ? StatementForms.Select : null;
        if (AtExplainedQuery(out var words))
            return ExplainedQuery(words) ? StatementForms.ExplainSelect : null;
        return Listed();
    }

    private bool Query() => new QueryParser(cursor, policy).Query() && (cursor.AtEnd || cursor.Unexpected("the end of the query"));

    /// <summary>Whether an EXPLAIN begins here rather than the description of a table.</summary>
    private bool AtExplainedQuery(out int words)
    {
        words = 1;
        if (!cursor.AtAny(s_explain))
            return false;
        if (cursor.At("EXPLAIN") || cursor.At("ANALYZE", 1))
            return true;
        words = s_explainKinds.Any(kind => cursor.At(kind, 1)) ? 2 : 1;
        return cursor.AtSymbol("(", words) || cursor.At("SELECT", words) || cursor.At("WITH", words)
            || cursor.At("INSERT", words) || cursor.At("UPDATE", words) || cursor.At("DELETE", words)
            || (cursor.At("REFRESH", words) && cursor.At("MATERIALIZED", words + 1));
    }

    private bool ExplainedQuery(int words)
    {
        for (var i = 0; i < words; i++)
            cursor.Advance();
        if (cursor.At("ANALYZE"))
            return cursor.Refuse(GuardRules.ExplainAnalyze, "Remove ANALYZE: it executes the statement.");
        _ = words == 1 && cursor.AcceptAny(s_explainKinds);
        if (!(cursor.AtSymbol("(") || cursor.At("SELECT") || cursor.At("WITH")))
            return cursor.Refuse(GuardRules.ExplainNotSelect, "Explain a SELECT: nothing else may be planned.");
        return Query();
    }

    private string? Listed()
    {
        var furthest = 0;
        foreach (var form in StatementForms.All)
        {
            if (form.Compiled.Matches(cursor))
                return form.Id;
            if (cursor.Refusal is not null)
                return null;
            furthest = Math.Max(furthest, cursor.Index);
            cursor.Rewind(0);
        }
        _ = RefusedForms.Find(cursor) is { } refused ? RefuseNamed(refused) : RefuseUnknown(furthest);
        return null;
    }

    private bool RefuseNamed(RefusedForm refused) =>
        cursor.Refuse(refused.Rule, $"Remove {string.Join(' ', refused.Words)}: {refused.Reason}.");

    private bool RefuseUnknown(int furthest)
    {
        var token = cursor.Following(furthest);
        return cursor.Refuse(GuardRules.StatementNotAllowed, token,
            $"Use an allowed form; this statement departs from all of them at {cursor.Describe(token)}.");
    }
}
