using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class SqlGuardLimitTests
{
    [Fact]
    public void Check_TextOfExactlyTheCap_IsAllowed()
    {
        var sql = $"SELECT '{new string('x', SqlGuard.MaxLength - 9)}'";
        Assert.Equal(SqlGuard.MaxLength, sql.Length);
        Assert.True(SqlGuard.Check(sql).Allowed);
        Assert.Equal(GuardRules.TooLong, SqlGuard.Check(sql + " ").Rule);
    }

    [Fact]
    public void Check_CapCountsBytes_NotCharacters() =>
        Assert.Equal(GuardRules.TooLong, SqlGuard.Check($"SELECT '{new string('表', 22_000)}'").Rule);

    /// <summary>Shapes that make quadratic or recursive parsers hang or overflow. Each must end with its rule.</summary>
    [Theory]
    [InlineData("(", GuardRules.TooManyTokens)]
    [InlineData("SELECT (", GuardRules.TooDeep)]
    [InlineData("(SELECT ", GuardRules.TooDeep)]
    [InlineData("[", GuardRules.TooManyTokens)]
    [InlineData("SELECT 1 UNION ", GuardRules.Syntax)]
    [InlineData("NOT ", GuardRules.StatementNotAllowed)]
    [InlineData("/**/", GuardRules.EmptyStatement)]
    [InlineData("/*", GuardRules.UnterminatedComment)]
    [InlineData("'\\'", GuardRules.BadCharacter)]
    [InlineData("`", GuardRules.UnterminatedIdentifier)]
    [InlineData("--", GuardRules.EmptyStatement)]
    [InlineData("SHOW ", GuardRules.StatementNotAllowed)]
    [InlineData(";", GuardRules.TooManyTokens)]
    [InlineData("1e", GuardRules.StatementNotAllowed)]
    [InlineData(" ", GuardRules.EmptyStatement)]
    public void Check_RepeatedFragmentUpToTheCap_EndsWithItsRule(string fragment, string rule)
    {
        var repeated = string.Concat(Enumerable.Repeat(fragment, SqlGuard.MaxLength / fragment.Length));
        var verdict = SqlGuard.Check(fragment.Length % 2 == 0 || rule != GuardRules.UnterminatedIdentifier ? repeated : repeated[1..]);
        Assert.Equal(rule, verdict.Rule);
    }

    [Theory]
    [InlineData("SELECT {0}1{1}", "(", ")", 95)]
    [InlineData("SELECT {0}1{1}", "abs(", ")", 190)]
    [InlineData("SELECT * FROM {0}information_schema.tables{1}", "(", ")", 190)]
    [InlineData("SELECT {0}1{1}", "(SELECT ", ")", 60)]
    public void Check_NestingWithinTheCap_IsAllowed(string format, string open, string close, int levels)
    {
        var sql = format.Replace("{0}", string.Concat(Enumerable.Repeat(open, levels)))
            .Replace("{1}", string.Concat(Enumerable.Repeat(close, levels)));
        Assert.Null(SqlGuard.Check(sql).Message);
    }

    [Fact]
    public void Check_LongFlatStatements_AreAllowed()
    {
        Assert.True(SqlGuard.Check($"SELECT {string.Join(" + ", Enumerable.Range(0, 5_000))}").Allowed);
        Assert.True(SqlGuard.Check($"SELECT 1 IN ({string.Join(',', Enumerable.Range(0, 9_000))})").Allowed);
        Assert.True(SqlGuard.Check($"SELECT {string.Join(" UNION ALL SELECT ", Enumerable.Range(0, 2_000))}").Allowed);
        var chain = string.Join(',', Enumerable.Range(1, 1_000).Select(i => $"c{i} AS (SELECT * FROM c{i - 1})"));
        Assert.True(SqlGuard.Check($"WITH c0 AS (SELECT 1),{chain} SELECT * FROM c1000").Allowed);
    }
}
