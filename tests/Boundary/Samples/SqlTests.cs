using Outrider.Samples.DemoStarRocks.Scenarios;
using Outrider.Samples.DemoStarRocks.Sql;

namespace Outrider.Tests.Boundary.Samples;

public sealed class SqlTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 10, 3, 30, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("show backends", "SHOW BACKENDS ;")]
    [InlineData("SELECT a,b FROM t", "select  a , b\nfrom `t` -- end")]
    [InlineData("SHOW PROC '/x'", "/*+ SET_VAR(a=1) */ SHOW PROC \"/x\" # end")]
    [InlineData("SELECT 'it''s'", "SELECT 'it\\'s'")]
    public void Normalize_SameStatement_IsTheSame(string left, string right) => Assert.Equal(Normalize(left), Normalize(right));

    [Theory]
    [InlineData("SHOW PROC '/x'", "SHOW PROC '/X'")]
    [InlineData("SELECT 'a b'", "SELECT 'a  b'")]
    [InlineData("SELECT 'a'", "SELECT a")]
    [InlineData("SELECT '/* x */'", "SELECT ''")]
    public void Normalize_OtherStatement_Differs(string left, string right) => Assert.NotEqual(Normalize(left), Normalize(right));

    [Theory]
    [InlineData("SELECT 'x")]
    [InlineData("SELECT `x")]
    [InlineData("SELECT /* x")]
    [InlineData("'")]
    public void Tokenize_NotClosed_IsNull(string sql) => Assert.Null(Tokenizer.Tokenize(sql));

    [Theory]
    [InlineData("run_mode", "run%", true)]
    [InlineData("run_mode", "%mode", true)]
    [InlineData("run_mode", "r_n_mode", true)]
    [InlineData("run_mode", "RUN%", false)]
    [InlineData("run_mode", "run", false)]
    [InlineData("run%", "run\\%", true)]
    [InlineData("runx", "run\\%", false)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    public void Matches_Pattern_Decides(string text, string pattern, bool expected) =>
        Assert.Equal(expected, LikePattern.Matches(text, pattern, ignoreCase: false));

    [Theory]
    [InlineData("at {{now}}", "at 2026-01-10 03:30:00")]
    [InlineData("{{now-120s}}|{{now+1h}}", "2026-01-10 03:28:00|2026-01-10 04:30:00")]
    [InlineData("{{unix-1d}}", "1767900600")]
    [InlineData("{now}", "{now}")]
    public void Expand_Placeholders_AreLocalTimes(string text, string expected) => Assert.Equal(expected, Placeholders.Expand(text, s_now));

    [Theory]
    [InlineData("SELECT a, b AS c FROM s.t WHERE a = 1 AND b NOT IN ('x', -2) ORDER BY a DESC, b LIMIT 5")]
    [InlineData("SELECT * FROM t WHERE a >= NOW() - INTERVAL 10 MINUTE AND b IS NOT NULL AND c NOT LIKE 'x%'")]
    [InlineData("SELECT COUNT(*) n FROM t WHERE a < DATE_SUB(NOW(), INTERVAL 1 DAY)")]
    [InlineData("SELECT version(), 1 x, 'y', @@version_comment LIMIT 1")]
    public void Parse_SupportedSelect_IsRead(string sql) => Assert.NotNull(Parse(sql, out _));

    [Theory]
    [InlineData("SELECT", null)]
    [InlineData("SELECT a FROM", null)]
    [InlineData("SELECT a, FROM t", "FROM")]
    [InlineData("SELECT max(a) FROM t", "a")]
    [InlineData("SELECT a FROM t GROUP BY a", "GROUP")]
    [InlineData("SELECT a FROM t WHERE a = b", "b")]
    [InlineData("SELECT a FROM t WHERE a = 1 OR b = 2", "OR")]
    [InlineData("SELECT a FROM t JOIN u", "JOIN")]
    [InlineData("SELECT a FROM t LIMIT x", "x")]
    public void Parse_RicherSelect_StopsWhereItBegins(string sql, string? unexpected)
    {
        Assert.Null(Parse(sql, out var token));
        Assert.Equal(unexpected, token?.Value);
    }

    private static string Normalize(string sql) => Tokenizer.Normalize(Tokenizer.Tokenize(sql)!);

    private static SelectStatement? Parse(string sql, out Token? unexpected)
    {
        var parser = new SelectParser(sql, Tokenizer.Tokenize(sql)!, s_now.DateTime);
        var statement = parser.Parse();
        unexpected = parser.Unexpected;
        return statement;
    }
}
