namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Recognises an expression as operands between operators, without precedence: the guard needs to know where it ends,
/// which functions it calls and which subqueries it holds, not what it computes.
/// </summary>
internal sealed class ExpressionParser
{
    private static readonly string[] s_prefixes = ["NOT", "BINARY"];
    private static readonly string[] s_prefixSymbols = ["-", "+", "~", "!"];
    private static readonly string[] s_operators =
    [
        "AND", "OR", "XOR", "LIKE", "RLIKE", "REGEXP", "BETWEEN", "DIV", "MOD", "MATCH", "MATCH_ANY", "MATCH_ALL",
        "BITSHIFTLEFT", "BITSHIFTRIGHT", "BITSHIFTRIGHTLOGICAL",
    ];

    private static readonly string[] s_operatorSymbols =
        ["=", "<", ">", "<=", ">=", "<>", "!=", "<=>", "+", "-", "*", "/", "%", "&", "|", "^", "&&", "||", "->"];

    private readonly TokenCursor _cursor;
    private readonly QueryParser _queries;
    private readonly OperandParser _operands;

    public ExpressionParser(TokenCursor cursor, QueryParser queries)
    {
        _cursor = cursor;
        _queries = queries;
        _operands = new(cursor, queries, this);
    }

    public bool Expression()
    {
        if (!_cursor.Enter())
            return false;
        do
        {
            while (_cursor.AcceptAny(s_prefixes) || AcceptAnySymbol(s_prefixSymbols))
            {
                // Prefixes may repeat: NOT NOT a, - - 1.
            }
            if (!(_operands.Operand() && Suffixes()))
                return false;
        }
        while (AcceptOperator());
        return _cursor.Leave();
    }

    /// <summary>An expression whose first operand, a parenthesis, has been read.</summary>
    public bool ExpressionRest() => Suffixes() && (!AcceptOperator() || Expression());

    /// <summary>An item of ORDER BY.</summary>
    public bool SortItem()
    {
        if (!_cursor.Accept("ALL") && !Expression())
            return false;
        _ = _cursor.AcceptAny(["ASC", "DESC"]);
        return !_cursor.Accept("NULLS") || _cursor.AcceptAny(["FIRST", "LAST"]) || _cursor.Unexpected("FIRST or LAST");
    }

    public bool List() => _cursor.List(Expression);

    private bool AcceptOperator()
    {
        // NOT before an operator negates it: a NOT LIKE b.
        if (_cursor.At("NOT") && (_cursor.At("LIKE", 1) || _cursor.At("RLIKE", 1) || _cursor.At("REGEXP", 1)
            || _cursor.At("BETWEEN", 1) || _cursor.At("MATCH", 1) || _cursor.At("MATCH_ANY", 1) || _cursor.At("MATCH_ALL", 1)))
            _cursor.Advance();
        return _cursor.AcceptAny(s_operators) || AcceptAnySymbol(s_operatorSymbols);
    }

    /// <summary>What may follow an operand: subscripts, fields, IS NULL, IN (…), COLLATE.</summary>
    private bool Suffixes()
    {
        while (true)
        {
            if (_cursor.AtSymbol("["))
            {
                if (!Subscript())
                    return false;
            }
            else if (_cursor.Current.Kind == SqlTokenKind.DotWord)
            {
                _cursor.Advance();
            }
            else if (_cursor.AcceptSymbol("."))
            {
                if (!_cursor.ExpectIdentifier("a field name"))
                    return false;
            }
            else if (_cursor.Accept("IS"))
            {
                _ = _cursor.Accept("NOT");
                if (!_cursor.Expect("NULL"))
                    return false;
            }
            else if (_cursor.Accept("COLLATE"))
            {
                if (!(_cursor.Accept(SqlTokenKind.Text) || _cursor.ExpectIdentifier("a collation")))
                    return false;
            }
            else if (_cursor.At("IN") || (_cursor.At("NOT") && _cursor.At("IN", 1)))
            {
                _ = _cursor.Accept("NOT");
                _cursor.Advance();
                if (!_cursor.Parenthesised(() => _queries.AtQuery ? _queries.Query() : List()))
                    return false;
            }
            else
            {
                return true;
            }
        }
    }

    /// <summary><c>[index]</c> or the slice <c>[from:to]</c>.</summary>
    private bool Subscript()
    {
        _cursor.Advance();
        if (!_cursor.AtSymbol(":") && !Expression())
            return false;
        if (_cursor.AcceptSymbol(":") && !_cursor.AtSymbol("]") && !Expression())
            return false;
        return _cursor.ExpectSymbol("]");
    }

    private bool AcceptAnySymbol(string[] symbols)
    {
        if (_cursor.Current.Kind != SqlTokenKind.Symbol)
            return false;
        foreach (var symbol in symbols)
        {
            if (_cursor.AcceptSymbol(symbol))
                return true;
        }
        return false;
    }
}
