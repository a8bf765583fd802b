namespace Outrider.Protocol.SqlGuard;

/// <summary>Recognises one operand of an expression: a literal, a column, a function call, CASE, CAST or a parenthesis.</summary>
internal sealed class OperandParser
{
    private static readonly string[] s_constants =
    [
        "NULL", "TRUE", "FALSE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP",
        "CURRENT_USER", "CURRENT_ROLE",
    ];

    private static readonly string[] s_units =
        ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"];

    private static readonly WordSet s_systemVariables = new("""
        autocommit character_set_client character_set_connection character_set_database character_set_results
        character_set_server collation_connection collation_database collation_server enable_profile exec_mem_limit
        interactive_timeout language license lower_case_table_names max_allowed_packet net_read_timeout
        net_write_timeout parallel_fragment_exec_instance_num pipeline_dop query_mem_limit query_timeout sql_dialect
        sql_mode system_time_zone time_zone transaction_isolation tx_isolation version version_comment wait_timeout warehouse
        """);

    private readonly TokenCursor _cursor;
    private readonly QueryParser _queries;
    private readonly ExpressionParser _expressions;
    private readonly FunctionParser _functions;
    private readonly TypeParser _types;

    public OperandParser(TokenCursor cursor, QueryParser queries, ExpressionParser expressions)
    {
        _cursor = cursor;
        _queries = queries;
        _expressions = expressions;
        _functions = new(cursor, expressions);
        _types = new(cursor);
    }

    public bool Operand() => _cursor.Current.Kind switch
    {
        SqlTokenKind.Text or SqlTokenKind.Integer or SqlTokenKind.Decimal or SqlTokenKind.Binary => Consume(),
        SqlTokenKind.QuotedIdentifier => Name(),
        SqlTokenKind.Word => Word(),
        _ when _cursor.AtSymbol("(") => Parenthesis(out _),
        _ when _cursor.AtSymbol("[") => Array(),
        _ when _cursor.AtSymbol("@") => Variable(),
        _ => _cursor.Unexpected("an expression"),
    };

    private bool Consume()
    {
        _cursor.Advance();
        return true;
    }

    private bool Word()
    {
        if (_cursor.AtSymbol("(", 1))
            return WordWithParenthesis();
        if (_cursor.Accept("CASE"))
            return Case();
        if (_cursor.AtAny(["DATE", "DATETIME", "TIMESTAMP"]) && _cursor.Following(1).Kind == SqlTokenKind.Text)
            return Consume() && Consume();
        if (_cursor.At("INTERVAL") && AtIntervalValue(1))
            return Interval();
        if (_cursor.At("ARRAY") && _cursor.AtSymbol("<", 1))
            return _types.Type() && Array();
        if (_cursor.At("MAP") && (_cursor.AtSymbol("{", 1) || _cursor.AtSymbol("<", 1)))
            return (_cursor.AtSymbol("{", 1) ? Consume() : _types.Type()) && Map();
        return _cursor.AcceptAny(s_constants) || Name();
    }

    private bool WordWithParenthesis()
    {
        if (_cursor.Accept("CASE"))
            return Case();
        if (_cursor.At("INTERVAL"))
            return Interval();
        if (_cursor.Accept("EXISTS"))
            return _cursor.Parenthesised(_queries.Query);
        if (_cursor.Accept("CAST"))
            return _cursor.Parenthesised(() => _expressions.Expression() && _cursor.Expect("AS") && _types.Type());
        if (_cursor.Accept("CONVERT"))
            return _cursor.Parenthesised(() => _expressions.Expression() && _cursor.ExpectSymbol(",") && _types.Type());
        if (_cursor.Accept("EXTRACT"))
            return _cursor.Parenthesised(() => Unit() && _cursor.Expect("FROM") && _expressions.Expression());
        if (_cursor.At("FILES"))
            return _cursor.Refuse(GuardRules.FilesNotAllowed, "Remove FILES(…): a query may not read remote storage.");
        return AllowedFunctions.IsAllowed(_cursor.Span(_cursor.Current)) ? _functions.ReservedCall() : Name();
    }

    /// <summary>A column, <c>name.*</c>, or the call of a function with that name.</summary>
    private bool Name()
    {
        var first = _cursor.Current;
        if (!_cursor.AcceptName(out var name))
            return _cursor.Unexpected("an expression");
        if (_cursor.AtSymbol("("))
            return _functions.Call(first, name);
        return !(_cursor.AtSymbol(".") && _cursor.AtSymbol("*", 1)) || (Consume() && Consume());
    }

    private bool Parenthesis(out bool isQuery)
    {
        isQuery = false;
        if (!(_cursor.Enter() && _cursor.ExpectSymbol("(")))
            return false;
        bool content;
        if (_queries.AtQuery)
        {
            isQuery = true;
            content = _queries.Query();
        }
        else if (_cursor.AtSymbol("("))
        {
            content = NestedParenthesis(out isQuery);
        }
        else
        {
            content = _expressions.List();
        }
        return content && _cursor.ExpectSymbol(")") && _cursor.Leave();
    }

    /// <summary>
    /// After <c>((</c>: what the inner parenthesis holds shows only at its end, where a query may go on with UNION and
    /// an expression with an operator or a comma.
    /// </summary>
    private bool NestedParenthesis(out bool isQuery)
    {
        if (!Parenthesis(out isQuery))
            return false;
        if (isQuery && _queries.AtQueryRest)
            return _queries.Rest();
        if (isQuery && _cursor.AtSymbol(")"))
            return true;
        isQuery = false;
        return _expressions.ExpressionRest() && (!_cursor.AcceptSymbol(",") || _expressions.List());
    }

    private bool Case()
    {
        if (!(_cursor.Enter() && (_cursor.At("WHEN") || _expressions.Expression())))
            return false;
        do
        {
            if (!(_cursor.Expect("WHEN") && _expressions.Expression() && _cursor.Expect("THEN") && _expressions.Expression()))
                return false;
        }
        while (_cursor.At("WHEN"));
        return (!_cursor.Accept("ELSE") || _expressions.Expression()) && _cursor.Expect("END") && _cursor.Leave();
    }

    /// <summary>INTERVAL is free as a name: it opens a literal only when a value follows.</summary>
    private bool AtIntervalValue(int offset) => _cursor.Following(offset).Kind switch
    {
        SqlTokenKind.Integer or SqlTokenKind.Decimal or SqlTokenKind.Text => true,
        SqlTokenKind.Symbol => _cursor.AtSymbol("-", offset) && _cursor.Following(offset + 1).Kind == SqlTokenKind.Integer,
        _ => _cursor.AtIdentifier(offset),
    };

    private bool Interval()
    {
        _cursor.Advance();
        return _expressions.Expression() && Unit();
    }

    private bool Unit() => _cursor.AcceptAny(s_units) || _cursor.Unexpected("a unit of time");

    private bool Array()
    {
        if (!_cursor.ExpectSymbol("["))
            return false;
        return _cursor.AcceptSymbol("]") || (_expressions.List() && _cursor.ExpectSymbol("]"));
    }

    private bool Map()
    {
        if (!_cursor.ExpectSymbol("{"))
            return false;
        return _cursor.AcceptSymbol("}") || (_cursor.List(MapEntry) && _cursor.ExpectSymbol("}"));
    }

    private bool MapEntry() => _expressions.Expression() && _cursor.ExpectSymbol(":") && _expressions.Expression();

    private bool Variable()
    {
        var at = _cursor.Current;
        if (!_cursor.AtSymbol("@", 1))
            return _cursor.Refuse(GuardRules.UserVariable, "Put a literal in the place of the user variable.");
        _ = Consume() && Consume();
        if (_cursor.AtAny(["GLOBAL", "SESSION", "LOCAL"]) && _cursor.AtSymbol(".", 1))
            _ = Consume() && Consume();
        var name = _cursor.Current;
        if (name.Kind != SqlTokenKind.Word || !s_systemVariables.Contains(_cursor.Span(name)))
            return _cursor.Refuse(GuardRules.SystemVariable, at, "Ask for the variable with SHOW VARIABLES LIKE.");
        return Consume();
    }
}
