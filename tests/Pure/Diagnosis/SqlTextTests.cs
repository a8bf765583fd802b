using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Diagnosis.Storage;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class SqlTextTests
{
    [Fact]
    public void Hole_Text_IsQuotedLiteral()
    {
        var name = @"o'brien\";
        SqlText sql = $"SELECT 1 WHERE a = {name} AND b = {42L}";

        Assert.Equal(@"SELECT 1 WHERE a = 'o''brien\\' AND b = 42", sql.ToString());
    }

    [Fact]
    public void Hole_AnyText_StaysOneLiteral() => Prop.ForAll<string>(text =>
    {
        var value = text ?? "";
        SqlText sql = $"{value}";
        Assert.Equal(value, Unquote(sql.ToString()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void DrillDown_OfDatabase_QuotesThePath() => Assert.Equal("SHOW PROC '/statistic/10328'", TabletStatements.OfDatabase(10328).Sql);

    /// <summary>Reads a literal by StarRocks' rules; fails when it ends before the text does.</summary>
    private static string Unquote(string literal)
    {
        var text = new StringBuilder();
        Assert.Equal('\'', literal[0]);
        for (var i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] is '\'' or '\\')
                Assert.Equal(literal[i], literal[++i]);
            text.Append(literal[i]);
        }
        Assert.Equal('\'', literal[^1]);
        return text.ToString();
    }
}
