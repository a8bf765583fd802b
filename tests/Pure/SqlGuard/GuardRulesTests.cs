using System.Reflection;
using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class GuardRulesTests
{
    private static readonly string s_documentation = SqlGuardCases.Resource("sql-guard.md");

    [Fact]
    public void Rules_EveryConstant_HasAMeaning()
    {
        var constants = typeof(GuardRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(constants.Order(), GuardRules.Meanings.Keys.Order());
        Assert.All(constants, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
    }

    [Fact]
    public void Documentation_RuleTable_IsTheConstants() => Assert.Equal(
        GuardRules.Meanings.Select(rule => $"| `{rule.Key}` | {rule.Value} |").Order(StringComparer.Ordinal),
        Rows("Rules"));

    [Fact]
    public void Documentation_FormTable_IsTheForms() => Assert.Equal(
        StatementForms.All.Select(form => $"| `{form.Id}` | `{form.Pattern.Replace("|", "\\|")}` |").Order(StringComparer.Ordinal),
        Rows("Forms"));

    private static IEnumerable<string> Rows(string section) =>
        s_documentation.Split($"## {section}\n")[1].Split("\n## ")[0].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
