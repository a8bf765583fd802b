using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class SqlGuardPropertyTests
{
    private static readonly string[] s_fragments =
    [
        "SELECT", "FROM", "WHERE", "JOIN", "UNION", "WITH", "AS", "shop.orders", "orders", "information_schema.tables", "x",
        "(", ")", "((", "))", ",", ".", ";", "*", "'a'", "\"b\"", "`c`", "1", "1.5", "1e5", ".5", "1FROM", "@", "[", "]", "{", "}",
        "/*", "*/", "/*+", "/*!", "--", "\n", "\r", " ", "\u3000", "\u00a0", "'", "\"", "`", "\\", "$$", "#", "?", "\0", "\ud800",
        "INTO", "OUTFILE", "FILES", "sleep(1)", "count(*)", "CASE", "WHEN", "END", "INTERVAL", "EXCEPT", "QUALIFY", "LATERAL",
        "SHOW", "PROC", "'/backends'", "LIKE", "ADMIN", "DESC", "EXPLAIN", "->", "=>", "<=>", "NOT", "IN", "EXISTS", "VALUES",
    ];

    private static readonly Gen<string> s_soup = Gen.Elements(s_fragments).Zip(Gen.Elements("", "", " "), (a, b) => a + b)
        .ListOf().Select(parts => string.Concat(parts));

    private static readonly Gen<string> s_anyText = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null),
        s_soup,
        Gen.Elements<SqlGuardCase>(SqlGuardCases.All).Select(item => item.Sql));

    private static readonly Gen<SqlGuardCase> s_tokenisable = Gen.Elements<SqlGuardCase>(
        SqlGuardCases.All.Where(item => SqlTokenizer.Tokenize(item.Sql) is { Refusal: null, EscapedQuoteAt: null }));

    [Fact]
    public void Check_AnyText_GivesAWholeVerdictInRange() => ForAll(s_anyText, sql =>
    {
        var verdict = SqlGuard.Check(sql);
        return verdict.Allowed
            ? verdict is { Form: not null, Rule: null, At: null, Message: null }
            : verdict.Form is null && GuardRules.Meanings.ContainsKey(verdict.Rule!) && verdict.Message is { Length: > 0 }
                && verdict.At >= 0 && verdict.At <= sql.Length;
    });

    [Fact]
    public void Tokenize_AnyText_CoversAllButWhitespaceAndComments() => ForAll(s_anyText, sql =>
    {
        var tokens = SqlTokenizer.Tokenize(sql);
        if (tokens.Refusal is not null)
            return true;
        var end = 0;
        foreach (var token in tokens.Items)
        {
            if (token.Start < end || !IsBlank(sql[end..token.Start]))
                return false;
            end = token.End;
        }
        return end == sql.Length;
    });

    [Fact]
    public void Check_LayoutAndCaseChanged_GivesTheSameVerdict()
    {
        var gap = Gen.Elements("", " ", "\n", "\t", "\r\n", " \u3000", "/* c */", "/**/", "-- c\n", " --\r\n", "/* ' \" ` ; */");
        ForAll(s_tokenisable.Zip(gap.ListOf(64)), pair =>
        {
            var (item, gaps) = pair;
            var changed = new StringBuilder();
            var end = 0;
            var i = 0;
            foreach (var token in SqlTokenizer.Tokenize(item.Sql).Items)
            {
                // An original gap may be all that separates two tokens, so something stays of it.
                var inserted = gaps[i++ % gaps.Count];
                changed.Append(token.Start > end && inserted.Length == 0 ? " " : inserted);
                // A symbol such as '-' must not grow into the comment that follows it.
                if (inserted.StartsWith("--", StringComparison.Ordinal) || inserted.StartsWith('/'))
                    changed.Insert(changed.Length - inserted.Length, ' ');
                var text = item.Sql[token.Start..token.End];
                changed.Append(token.Kind is SqlTokenKind.Word or SqlTokenKind.DotWord or SqlTokenKind.QuotedIdentifier ? SwapCase(text) : text);
                end = token.End;
            }
            var (before, after) = (SqlGuard.Check(item.Sql), SqlGuard.Check(changed.ToString()));
            return before.Allowed == after.Allowed && before.Form == after.Form && before.Rule == after.Rule;
        });
    }

    [Fact]
    public void Check_AnyTextWithASecondStatement_IsRefused() => ForAll(s_anyText, sql =>
        !SqlGuard.Check(sql + "\n; DROP TABLE shop.orders").Allowed
        && !SqlGuard.Check("DROP TABLE shop.orders;" + sql).Allowed
        && !SqlGuard.Check(sql + "\n*/' UNION SELECT * FROM shop.orders").Allowed);

    [Fact]
    public void Check_LegitimateTextWithASecondStatement_IsRefusedForIt()
    {
        foreach (var item in SqlGuardCases.Legitimate)
            Assert.Equal(GuardRules.MultipleStatements, SqlGuard.Check(item.Sql + "\n; DROP TABLE shop.orders").Rule);
    }

    [Fact]
    public void Check_SplicedAndMutatedTexts_NeverReadAnotherTable()
    {
        var pieces = SqlGuardCases.All
            .Select(item => (item.Sql, SqlTokenizer.Tokenize(item.Sql)))
            .Where(x => x.Item2.Refusal is null)
            .Select(x => x.Item2.Items.Select(token => x.Sql[token.Start..token.End]).Where(text => text.Length > 0).ToArray())
            .Where(tokens => tokens.Length > 0).ToArray();
        var mutant =
            from first in Gen.Elements(pieces)
            from second in Gen.Elements(pieces)
            from cut in Gen.Choose(0, first.Length)
            from start in Gen.Choose(0, second.Length)
            from length in Gen.Choose(0, second.Length - start)
            from resume in Gen.Choose(cut, first.Length)
            select string.Join(' ', [.. first[..cut], .. second[start..(start + length)], .. first[resume..]]);
        var allowed = 0;
        ForAll(mutant, sql =>
        {
            if (!SqlGuard.Check(sql).Allowed)
                return true;
            allowed++;
            return NaiveTableScan.FindForbidden(sql) is null;
        }, 20_000);
        Assert.InRange(allowed, 100, int.MaxValue);
    }

    [Fact]
    public void NaiveTableScan_AttacksOnTables_AreSeen()
    {
        Assert.Equal("shop.orders", NaiveTableScan.FindForbidden("SELECT 1 FROM information_schema.tables t JOIN shop.orders o"));
        Assert.Equal("orders", NaiveTableScan.FindForbidden("SELECT 1 FROM ( ( orders ) )"));
        Assert.Equal("INTO", NaiveTableScan.FindForbidden("SELECT 1 INTO OUTFILE 'x'"));
        Assert.Null(NaiveTableScan.FindForbidden("WITH x AS (SELECT 'FROM shop.orders') SELECT * FROM x -- FROM y"));
    }

    private static void ForAll<T>(Gen<T> generator, Func<T, bool> holds, int tests = 3_000) =>
        Prop.ForAll(generator.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private static string SwapCase(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterUpper(c) ? (char)(c + 32) : char.IsAsciiLetterLower(c) ? (char)(c - 32) : c));

    /// <summary>Whether a stretch between tokens is whitespace and comments only, decided without the tokenizer.</summary>
    private static bool IsBlank(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is ' ' or '\t' or '\r' or '\n' or '\u3000')
                i++;
            else if (text.AsSpan(i).StartsWith("--"))
                i = text.IndexOf('\n', i) is var line and >= 0 ? line + 1 : text.Length;
            else if (text.AsSpan(i).StartsWith("/*") && text.IndexOf("*/", i + 2, StringComparison.Ordinal) is var close and >= 0)
                i = close + 2;
            else
                return false;
        }
        return true;
    }
}
