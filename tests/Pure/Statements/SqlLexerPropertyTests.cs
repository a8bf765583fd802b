using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Statements;

namespace Outrider.Tests.Pure.Statements;

public sealed class SqlLexerPropertyTests
{
    private static readonly string[] s_pieces =
    [
        "'", "\"", "`", "\\", "$$", "$a$", "--", "#", "/*", "*/", "/*!", ";", "(", ")", " ", "\n", "\r", "E'", "U&\"", "select", "into", "outfile", "1e5", ".", "é", "\u2019", "\0",
    ];

    /// <summary>Whatever it is given, the lexer ends, and its lexemes stand in order and inside the text.</summary>
    [Fact]
    public void Next_AnyText_GoesForwardToItsEnd() =>
        Prop.ForAll(
            Gen.Elements(s_pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(),
            sql => Enum.GetValues<SqlDialect>().All(dialect => GoesForward(sql, dialect))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    /// <summary>A string of the server's own quoting never lets anything out, whatever is in it.</summary>
    [Fact]
    public void Split_QuotedText_IsOneStatement() =>
        Prop.ForAll(
            Gen.Elements(s_pieces.Except(["\0"])).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(),
            text => IsOne($"select '{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'", SqlDialect.MySql)
                && IsOne($"select '{text.Replace("'", "''", StringComparison.Ordinal)}'", SqlDialect.Postgres)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static bool IsOne(string sql, SqlDialect dialect) =>
        StatementSplitter.Split(sql, dialect, 10).Value is [{ Kind: StatementKind.Read } only] && only.Text == sql;

    private static bool GoesForward(string sql, SqlDialect dialect)
    {
        var lexer = new SqlLexer(sql, dialect);
        var at = 0;
        for (var lexeme = lexer.Next(); lexeme.Kind != LexemeKind.End; lexeme = lexer.Next())
        {
            if (lexeme.Start < at || lexeme.End <= lexeme.Start || lexeme.End > sql.Length)
                return false;
            at = lexeme.End;
        }
        return true;
    }
}
