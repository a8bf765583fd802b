namespace Outrider.Protocol.SqlGuard;

/// <summary>Recognises a data type, as in CAST.</summary>
internal sealed class TypeParser(TokenCursor cursor)
{
    private static readonly WordSet s_types = new("""
        bigint binary bitmap boolean char date datetime decimal decimal128 decimal256 decimal32 decimal64 decimalv2 double
        float hll int integer json largeint number numeric percentile signed smallint string text time tinyint unsigned
        varbinary varchar variant
        """);

    public bool Type()
    {
        if (!cursor.Enter())
            return false;
        if (cursor.Accept("ARRAY"))
            return Angled(Type) && cursor.Leave();
        if (cursor.Accept("MAP"))
            return Angled(() => Type() && cursor.ExpectSymbol(",") && Type()) && cursor.Leave();
        if (cursor.Accept("STRUCT"))
            return Angled(() => cursor.List(Field)) && cursor.Leave();
        if (cursor.Current.Kind != SqlTokenKind.Word || !s_types.Contains(cursor.Span(cursor.Current)))
            return cursor.Unexpected("a data type");
        var signed = cursor.AtAny(["SIGNED", "UNSIGNED"]);
        cursor.Advance();
        if (signed)
            _ = cursor.AcceptAny(["INT", "INTEGER"]);
        return (!cursor.AtSymbol("(") || cursor.Parenthesised(Sizes)) && cursor.Leave();
    }

    private bool Sizes() => cursor.List(() => cursor.Expect(SqlTokenKind.Integer, "a size"));

    private bool Field() => cursor.ExpectIdentifier("a field name") && Type();

    private bool Angled(Func<bool> content) => cursor.ExpectSymbol("<") && content() && cursor.ExpectSymbol(">");
}
