using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class SqlTokenizerTests
{
    [Theory]
    [InlineData("1.FROM", "Decimal:1. Word:FROM")]
    [InlineData("1FROM", "Word:1FROM")]
    [InlineData("1e5FROM", "Word:1e5FROM")]
    [InlineData("1e5", "Decimal:1e5")]
    [InlineData("1e+5x", "Decimal:1e+5 Word:x")]
    [InlineData("1e+", "Word:1e Symbol:+")]
    [InlineData("1.5e3", "Decimal:1.5e3")]
    [InlineData("1.5e", "Decimal:1.5 Word:e")]
    [InlineData(".5", "Decimal:.5")]
    [InlineData(".5FROM", "DotWord:.5FROM")]
    [InlineData(".5e3", "Decimal:.5e3")]
    [InlineData("a.1b", "Word:a DotWord:.1b")]
    [InlineData("a.1", "Word:a Decimal:.1")]
    [InlineData("1..2", "Decimal:1. Decimal:.2")]
    [InlineData("0x1F", "Word:0x1F")]
    [InlineData("a.b.c", "Word:a Symbol:. Word:b Symbol:. Word:c")]
    [InlineData("a$b _x 表1", "Word:a$b Word:_x Word:表1")]
    [InlineData("'a''b' \"c\\\"d\"", "Text:'a''b' Text:\"c\\\"d\"")]
    [InlineData("`a``b`", "QuotedIdentifier:`a``b`")]
    [InlineData("``", "QuotedIdentifier:``")]
    [InlineData("X'0f'x", "Binary:X'0f' Word:x")]
    [InlineData("ax'0f'", "Word:ax Text:'0f'")]
    [InlineData("a<=>b<>c!=d->e=>f||g&&h", "Word:a Symbol:<=> Word:b Symbol:<> Word:c Symbol:!= Word:d Symbol:-> Word:e Symbol:=> Word:f Symbol:|| Word:g Symbol:&& Word:h")]
    [InlineData("a--b\nc", "Word:a Word:c")]
    [InlineData("a-->b", "Word:a")]
    [InlineData("a/**/b/***/c/*/d*/e", "Word:a Word:b Word:c Word:e")]
    [InlineData("a/* /* */b", "Word:a Word:b")]
    [InlineData("- -1", "Symbol:- Symbol:- Integer:1")]
    public void Tokenize_Text_CutsAsTheServerDoes(string sql, string tokens)
    {
        var items = SqlTokenizer.Tokenize(sql).Items;
        Assert.Equal(tokens, string.Join(' ', items.SkipLast(1).Select(t => $"{t.Kind}:{sql.AsSpan(t.Start, t.Length)}")));
        Assert.Equal(new(SqlTokenKind.End, sql.Length, 0), items[^1]);
    }

    [Theory]
    [InlineData("'it\\'s'", 0)]
    [InlineData("1, 'a\\\\'", null)]
    [InlineData("1, \"a\\\"\"", 3)]
    [InlineData("'a\\\"'", null)]
    public void Tokenize_EscapedQuote_IsReported(string sql, int? at) =>
        Assert.Equal(at, SqlTokenizer.Tokenize(sql).EscapedQuoteAt);
}
