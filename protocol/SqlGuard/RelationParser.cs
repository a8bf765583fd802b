namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Recognises what may follow FROM (the rule <c>relations</c> of StarRocks.g4) and checks every table in it.
/// </summary>
internal sealed class RelationParser(TokenCursor cursor, QueryParser queries, ExpressionParser expressions, TableCheck tables)
{
    private static readonly WordSet s_functions = new("unnest unnest_bitmap json_each");
    private static readonly WordSet s_joinHints = new("broadcast shuffle bucket colocate unreorder");

    /// <summary>Relations separated by commas, each with its joins.</summary>
    public bool Relations() => cursor.List(() => Relation(lateral: true));

    /// <summary>A parenthesised list of column names.</summary>
    public bool Columns() => cursor.Parenthesised(() => cursor.List(() => cursor.ExpectIdentifier("a column name")));

    private bool Relation(bool lateral)
    {
        if (lateral)
            _ = cursor.Accept("LATERAL");
        return Primary() && Joins();
    }

    private bool Joins()
    {
        while (AcceptJoin(out var isJoin))
        {
            if (!isJoin)
                return true;
            if (!JoinHint())
                return false;
            _ = cursor.Accept("LATERAL");
            if (!(Primary() && JoinCriteria()))
                return false;
        }
        return false;
    }

    /// <summary>The words up to and including JOIN. True with <paramref name="isJoin"/> false when no join begins here.</summary>
    private bool AcceptJoin(out bool isJoin)
    {
        isJoin = true;
        if (cursor.Accept("JOIN"))
            return true;
        if (cursor.Accept("NULL"))
            return cursor.Expect("AWARE") && cursor.Expect("LEFT") && cursor.Expect("ANTI") && cursor.Expect("JOIN");
        if (cursor.AcceptAny(["INNER", "CROSS"]))
            return cursor.Expect("JOIN");
        if (cursor.Accept("ASOF"))
        {
            if (!cursor.Accept("INNER") && cursor.Accept("LEFT"))
                _ = cursor.Accept("OUTER");
            return cursor.Expect("JOIN");
        }
        if (cursor.AcceptAny(["LEFT", "RIGHT", "FULL"]))
        {
            _ = cursor.AcceptAny(["OUTER", "SEMI", "ANTI"]);
            return cursor.Expect("JOIN");
        }
        isJoin = false;
        return true;
    }

    private bool JoinHint()
    {
        if (!cursor.AcceptSymbol("["))
            return true;
        var hint = cursor.Current;
        if (hint.Kind != SqlTokenKind.Word || !s_joinHints.Contains(cursor.Span(hint)))
            return cursor.Refuse(GuardRules.HintNotAllowed, "Remove the join hint, or use broadcast, shuffle, bucket or colocate.");
        cursor.Advance();
        return cursor.ExpectSymbol("]");
    }

    private bool JoinCriteria() =>
        cursor.Accept("ON") ? expressions.Expression()
        : !cursor.Accept("USING") || Columns();

    private bool Primary()
    {
        if (cursor.AtSymbol("("))
            return Parenthesis(out var isQuery) && (!isQuery || Alias(withColumns: true));
        if (cursor.At("FILES"))
            return cursor.Refuse(GuardRules.FilesNotAllowed, "Remove FILES(…): a query may not read remote storage.");
        if (cursor.At("TABLE"))
            return cursor.Refuse(GuardRules.TableFunctionNotAllowed, "Remove TABLE(…): a query reads listed tables only.");
        var first = cursor.Current;
        if (!cursor.AcceptName(out var name))
            return cursor.Unexpected("a table");
        return cursor.AtSymbol("(") ? TableFunction(first, name) : Table(first, name);
    }

    /// <summary>A subquery, inline values or relations in parentheses; what it is shows only inside.</summary>
    private bool Parenthesis(out bool isQuery)
    {
        isQuery = true;
        if (!(cursor.Enter() && cursor.ExpectSymbol("(")))
            return false;
        bool content;
        if (queries.AtQuery)
            content = queries.Query();
        else if (cursor.Accept("VALUES"))
            content = cursor.List(() => cursor.Parenthesised(() => cursor.List(expressions.Expression)));
        else if (cursor.AtSymbol("("))
            content = NestedParenthesis(ref isQuery);
        else
        {
            isQuery = false;
            content = Relations();
        }
        return content && cursor.ExpectSymbol(")") && cursor.Leave();
    }

    private bool NestedParenthesis(ref bool isQuery)
    {
        if (!Parenthesis(out var innerIsQuery))
            return false;
        if (innerIsQuery && queries.AtQueryRest)
            return queries.Rest();
        if (innerIsQuery && cursor.AtSymbol(")"))
            return true;
        isQuery = false;
        return (!innerIsQuery || Alias(withColumns: true)) && Joins() && (!cursor.AcceptSymbol(",") || Relations());
    }

    private bool Table(SqlToken first, List<string> name)
    {
        if (tables.Refusal(name) is var (rule, message))
            return cursor.Refuse(rule, first, message);
        return TimeTravel() && Partitions() && Alias(withColumns: false);
    }

    private bool TimeTravel()
    {
        if (!cursor.Accept("FOR"))
            return true;
        return (cursor.AcceptAny(["VERSION", "TIMESTAMP", "SYSTEM_TIME"]) || cursor.Unexpected("VERSION or TIMESTAMP"))
            && cursor.Expect("AS") && cursor.Expect("OF") && expressions.Expression();
    }

    private bool Partitions() => !cursor.AcceptAny(["PARTITION", "PARTITIONS"]) || Columns();

    private bool TableFunction(SqlToken first, List<string> name)
    {
        if (name.Count > 1 || !s_functions.Contains(name[0]))
            return cursor.Refuse(GuardRules.TableFunctionNotAllowed, first, $"Remove {name[^1]}(…): only unnest, unnest_bitmap and json_each may follow FROM.");
        return cursor.Parenthesised(() => cursor.List(expressions.Expression)) && Alias(withColumns: true);
    }

    private bool Alias(bool withColumns)
    {
        var token = cursor.Current;
        if (cursor.Accept("AS"))
        {
            if (!cursor.ExpectIdentifier("an alias after AS"))
                return false;
        }
        else if (token.Kind == SqlTokenKind.QuotedIdentifier
            || (token.Kind == SqlTokenKind.Word && SqlKeywords.IsTableAlias(cursor.Span(token))))
        {
            cursor.Advance();
        }
        else
        {
            return true;
        }
        return !withColumns || !cursor.AtSymbol("(") || Columns();
    }
}
