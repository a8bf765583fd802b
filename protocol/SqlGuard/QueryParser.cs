namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Recognises a StarRocks query (the rule <c>queryRelation</c> of StarRocks.g4) and checks every function in it; its
/// <see cref="RelationParser"/> checks every table. Builds no tree. Each method consumes what its name says and returns
/// true, or records a refusal in the cursor and returns false.
/// </summary>
internal sealed class QueryParser
{
    private static readonly string[] s_setOperations = ["UNION", "INTERSECT", "EXCEPT", "MINUS"];
    private static readonly string[] s_writes = ["INSERT", "UPDATE", "DELETE"];

    private readonly TokenCursor _cursor;
    private readonly ExpressionParser _expressions;
    private readonly RelationParser _relations;
    private readonly CteScope _scope = new();

    public QueryParser(TokenCursor cursor, GuardPolicy policy)
    {
        _cursor = cursor;
        _expressions = new(cursor, this);
        _relations = new(cursor, this, _expressions, new TableCheck(_scope, policy));
    }

    public bool AtQuery => _cursor.At("SELECT") || _cursor.At("WITH");

    /// <summary>Whether what follows a parenthesised query continues it as a query: a set operation, ORDER BY or LIMIT.</summary>
    public bool AtQueryRest => _cursor.AtAny(s_setOperations) || _cursor.At("ORDER") || _cursor.At("LIMIT");

    public bool Query()
    {
        var depth = _scope.Depth;
        var recognised = _cursor.Enter() && With() && Primary() && Rest() && _cursor.Leave();
        _scope.CloseTo(depth);
        return recognised;
    }

    /// <summary>Set operations, ORDER BY and LIMIT after a query's first part.</summary>
    public bool Rest()
    {
        while (_cursor.AcceptAny(s_setOperations))
        {
            _ = _cursor.AcceptAny(["ALL", "DISTINCT"]);
            if (!Primary())
                return false;
        }
        return (!_cursor.Accept("ORDER") || (_cursor.Expect("BY") && _cursor.List(_expressions.SortItem)))
            && (!_cursor.Accept("LIMIT") || Limit());
    }

    /// <summary>After LIMIT: a count and an optional offset, as integers.</summary>
    public bool Limit() =>
        _cursor.Expect(SqlTokenKind.Integer, "an integer after LIMIT")
        && (!(_cursor.Accept("OFFSET") || _cursor.AcceptSymbol(",")) || _cursor.Expect(SqlTokenKind.Integer, "an integer"));

    private bool With()
    {
        if (!_cursor.Accept("WITH"))
            return true;
        if (_cursor.At("RECURSIVE"))
            return _cursor.Refuse(GuardRules.RecursiveQuery, "Remove RECURSIVE: a recursive query has no bound.");
        if (!_cursor.List(CommonTableExpression))
            return false;
        return !_cursor.AtAny(s_writes)
            || _cursor.Refuse(GuardRules.WriteStatement, "Use SELECT after the WITH clause: nothing may be written.");
    }

    private bool CommonTableExpression()
    {
        if (!_cursor.AtIdentifier())
            return _cursor.Unexpected("a name for the WITH query");
        var name = _cursor.Value(_cursor.Current);
        _cursor.Advance();
        if (!(Columns() && _cursor.Expect("AS") && _cursor.Parenthesised(Query)))
            return false;
        _scope.Define(name);
        return true;
    }

    private bool Columns() => !_cursor.AtSymbol("(") || _relations.Columns();

    private bool Primary()
    {
        if (_cursor.AtSymbol("("))
            return _cursor.Enter() && _cursor.Parenthesised(Query) && _cursor.Leave();
        return _cursor.Expect("SELECT") && Specification();
    }

    private bool Specification()
    {
        _ = _cursor.AcceptAny(["ALL", "DISTINCT"]);
        return _cursor.List(SelectItem)
            && (!_cursor.Accept("FROM") || _cursor.Accept("DUAL") || _relations.Relations())
            && Clause("WHERE")
            && (!_cursor.Accept("GROUP") || (_cursor.Expect("BY") && GroupBy()))
            && Clause("HAVING")
            && Clause("QUALIFY");
    }

    private bool Clause(string keyword) => !_cursor.Accept(keyword) || _expressions.Expression();

    private bool SelectItem()
    {
        if (!_cursor.AcceptSymbol("*") && !_expressions.Expression())
            return false;
        // An expression that ends in a star is name.*.
        return _cursor.AtSymbol("*", -1) ? Exclusions() : Alias();
    }

    /// <summary><c>* EXCEPT (a, b)</c>, told from the set operation by the name after the parenthesis.</summary>
    private bool Exclusions()
    {
        if (!_cursor.AtAny(["EXCEPT", "EXCLUDE"]) || !_cursor.AtSymbol("(", 1) || !_cursor.AtIdentifier(2))
            return true;
        _cursor.Advance();
        return _relations.Columns();
    }

    private bool Alias()
    {
        if (_cursor.Accept("AS"))
            return _cursor.Accept(SqlTokenKind.Text) || _cursor.ExpectIdentifier("an alias after AS");
        var token = _cursor.Current;
        if (token.Kind is SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier
            || (token.Kind == SqlTokenKind.Word && SqlKeywords.IsColumnAlias(_cursor.Span(token))))
            _cursor.Advance();
        return true;
    }

    private bool GroupBy()
    {
        if (_cursor.At("GROUPING") && _cursor.At("SETS", 1))
        {
            _cursor.Advance();
            _cursor.Advance();
            return _cursor.Parenthesised(() => _cursor.List(GroupingSet));
        }
        if (_cursor.AtAny(["ROLLUP", "CUBE"]) && _cursor.AtSymbol("(", 1))
        {
            _cursor.Advance();
            return GroupingSet();
        }
        return _cursor.Accept("ALL") || _cursor.List(_expressions.Expression);
    }

    private bool GroupingSet() => _cursor.Parenthesised(() => _cursor.AtSymbol(")") || _cursor.List(_expressions.Expression));
}
