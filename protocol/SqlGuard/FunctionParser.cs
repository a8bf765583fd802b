using System.Text;

namespace Outrider.Protocol.SqlGuard;

/// <summary>Recognises a function call with its arguments, FILTER and OVER, and checks the function's name.</summary>
internal sealed class FunctionParser(TokenCursor cursor, ExpressionParser expressions)
{
    /// <summary>A call at the cursor, of an allowed function whose name may be a reserved word.</summary>
    public bool ReservedCall()
    {
        cursor.Advance();
        return Arguments() && After();
    }

    /// <summary>A call whose name has been read.</summary>
    /// <param name="first">The first token of the name.</param>
    /// <param name="name">The name's parts, without quotes.</param>
    public bool Call(SqlToken first, List<string> name)
    {
        if (name is [var only] && Ascii.EqualsIgnoreCase(only, AllowedFunctions.QueryProfile))
            return cursor.Parenthesised(() => QueryId(cursor));
        if (AllowedFunctions.Refusal(name) is var (rule, message))
            return cursor.Refuse(rule, first, message);
        return Arguments() && After();
    }

    /// <summary>A string literal that is a query id.</summary>
    public static bool QueryId(TokenCursor cursor)
    {
        if (cursor.Current.Kind != SqlTokenKind.Text || !IsQueryId(cursor.Value(cursor.Current)))
            return cursor.Refuse(GuardRules.QueryIdNotLiteral, "Give the query id as one literal: '01234567-89ab-cdef-0123-456789abcdef'.");
        cursor.Advance();
        return true;
    }

    private static bool IsQueryId(string text)
    {
        ReadOnlySpan<int> groups = [8, 4, 4, 4, 12];
        var parts = text.Split('-', groups.Length + 1);
        if (parts.Length != groups.Length)
            return false;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length != groups[i] || !parts[i].All(char.IsAsciiHexDigit))
                return false;
        }
        return true;
    }

    private bool Arguments() => cursor.Parenthesised(() =>
    {
        if (cursor.AcceptSymbol("*") || cursor.AtSymbol(")"))
            return true;
        _ = cursor.AcceptAny(["DISTINCT", "ALL"]);
        return cursor.List(Argument)
            && (!cursor.Accept("ORDER") || (cursor.Expect("BY") && cursor.List(expressions.SortItem)))
            && (!cursor.Accept("SEPARATOR") || expressions.Expression());
    });

    private bool Argument() => expressions.Expression() && IgnoreNulls();

    private bool IgnoreNulls() => !cursor.Accept("IGNORE") || cursor.Expect("NULLS");

    private bool After()
    {
        if (!IgnoreNulls())
            return false;
        if (cursor.At("FILTER") && cursor.AtSymbol("(", 1))
        {
            cursor.Advance();
            if (!cursor.Parenthesised(() => cursor.Expect("WHERE") && expressions.Expression()))
                return false;
        }
        return !cursor.Accept("OVER") || cursor.Parenthesised(Window);
    }

    private bool Window()
    {
        if (cursor.Accept("PARTITION") && !(cursor.Expect("BY") && expressions.List()))
            return false;
        if (cursor.Accept("ORDER") && !(cursor.Expect("BY") && cursor.List(expressions.SortItem)))
            return false;
        if (!cursor.AcceptAny(["ROWS", "RANGE"]))
            return true;
        return cursor.Accept("BETWEEN") ? Bound() && cursor.Expect("AND") && Bound() : Bound();
    }

    private bool Bound()
    {
        if (cursor.Accept("CURRENT"))
            return cursor.Expect("ROW");
        if (!cursor.Accept("UNBOUNDED") && !cursor.Accept(SqlTokenKind.Integer))
            return cursor.Unexpected("a frame bound");
        return cursor.AcceptAny(["PRECEDING", "FOLLOWING"]) || cursor.Unexpected("PRECEDING or FOLLOWING");
    }
}
