using System.Text.Json;
using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class SqlCheckLineTests
{
    [Theory]
    [InlineData("\"SELECT 1\"", """{"allowed":true,"form":"select","rule":null,"at":null}""")]
    [InlineData(" \t\"SHOW\\u0020BACKENDS\" \r", """{"allowed":true,"form":"show backends","rule":null,"at":null}""")]
    [InlineData("\"DROP TABLE t\"", """{"allowed":false,"form":null,"rule":"definition-statement","at":0}""")]
    [InlineData("\"SELECT 1;\\nDROP TABLE t\"", """{"allowed":false,"form":null,"rule":"multiple-statements","at":8}""")]
    [InlineData("\"SELECT \\\"a\\\"\"", """{"allowed":true,"form":"select","rule":null,"at":null}""")]
    [InlineData("\"SELECT '\\ud800'\"", """{"allowed":false,"form":null,"rule":"bad-character","at":8}""")]
    [InlineData("\"SELECT '\\uD83D\\uDE00'\"", """{"allowed":true,"form":"select","rule":null,"at":null}""")]
    [InlineData("\"\"", """{"allowed":false,"form":null,"rule":"empty-statement","at":0}""")]
    public void Answer_JsonString_GivesTheVerdict(string line, string answer) => Assert.Equal(answer, SqlCheckLine.Answer(line));

    [Theory]
    [InlineData("")]
    [InlineData("SELECT 1")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[\"SELECT 1\"]")]
    [InlineData("{\"sql\":\"SELECT 1\"}")]
    [InlineData("\"SELECT 1")]
    [InlineData("\"")]
    [InlineData("\"SELECT 1\" \"SELECT 2\"")]
    [InlineData("\"SELECT 1\"x")]
    [InlineData("'SELECT 1'")]
    [InlineData("\"a\\\"")]
    [InlineData("\"a\\q\"")]
    [InlineData("\"a\\u12\"")]
    [InlineData("\"a\\u12G4\"")]
    [InlineData("\"a\\u+123\"")]
    [InlineData("\"tab\there\"")]
    [InlineData("\ufeff\"SELECT 1\"")]
    [InlineData("\u3000\"SELECT 1\"")]
    public void Answer_NoJsonString_IsBadInput(string line) =>
        Assert.Equal("""{"allowed":false,"form":null,"rule":"bad-input","at":0}""", SqlCheckLine.Answer(line));

    [Fact]
    public void Answer_RawLoneSurrogate_IsJudgedByTheGuard() => Assert.Equal(
        """{"allowed":false,"form":null,"rule":"bad-character","at":8}""",
        SqlCheckLine.Answer($"\"SELECT '{(char)0xd83d}'\""));

    [Fact]
    public void Answer_LineBeyondTheCap_IsTooLong() =>
        Assert.Contains(GuardRules.TooLong, SqlCheckLine.Answer($"\"{new string('x', 500_000)}\""));

    [Fact]
    public void Answer_EveryCaseOfTheTables_AgreesWithTheGuard()
    {
        foreach (var item in SqlGuardCases.All)
        {
            var line = "\"" + string.Concat(item.Sql.Select(c => $"\\u{(int)c:x4}")) + "\"";
            using var answer = JsonDocument.Parse(SqlCheckLine.Answer(line));
            var verdict = SqlGuard.Check(item.Sql);
            Assert.Equal(verdict.Allowed, answer.RootElement.GetProperty("allowed").GetBoolean());
            Assert.Equal(verdict.Form, answer.RootElement.GetProperty("form").GetString());
            Assert.Equal(verdict.Rule, answer.RootElement.GetProperty("rule").GetString());
            Assert.Equal(verdict.At, answer.RootElement.GetProperty("at") is { ValueKind: JsonValueKind.Number } at ? at.GetInt32() : null);
        }
    }
}
