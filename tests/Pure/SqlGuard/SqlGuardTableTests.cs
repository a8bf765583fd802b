using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class SqlGuardTableTests
{
    [Fact]
    public void Check_EveryAttack_IsRefusedByItsRule()
    {
        var failures = SqlGuardCases.Attacks
            .Select(attack => (attack, verdict: SqlGuard.Check(attack.Sql)))
            .Where(x => x.verdict.Allowed || x.verdict.Rule != x.attack.Rule)
            .Select(x => $"{x.attack.Rule} expected, {x.verdict.Rule ?? "ALLOWED"} at {x.verdict.At}: {x.attack.Sql} ({x.verdict.Message})");
        Assert.True(!failures.Any(), string.Join('\n', failures));
    }

    [Fact]
    public void Check_EveryLegitimateText_IsAllowedInItsForm()
    {
        var failures = SqlGuardCases.Legitimate
            .Select(legitimate => (legitimate, verdict: SqlGuard.Check(legitimate.Sql)))
            .Where(x => !x.verdict.Allowed || x.verdict.Form != x.legitimate.Form)
            .Select(x => $"{x.legitimate.Form} expected, {x.verdict.Form ?? x.verdict.Rule} at {x.verdict.At}: {x.legitimate.Sql} ({x.verdict.Message})");
        Assert.True(!failures.Any(), string.Join('\n', failures));
    }

    [Fact]
    public void Tables_HaveEnoughDistinctCases()
    {
        Assert.InRange(SqlGuardCases.Attacks.Select(x => x.Sql).Distinct().Count(), 300, int.MaxValue);
        Assert.InRange(SqlGuardCases.Legitimate.Select(x => x.Sql).Distinct().Count(), 300, int.MaxValue);
    }

    [Fact]
    public void Tables_ExerciseEveryFormAndEveryRuleButTheSizeLimits()
    {
        var forms = StatementForms.All.Select(x => x.Id).Append(StatementForms.Select).Append(StatementForms.ExplainSelect);
        Assert.Empty(forms.Except(SqlGuardCases.Legitimate.Select(x => x.Form)));
        string[] tested = [GuardRules.BadInput, GuardRules.TooLong, GuardRules.TooManyTokens];
        Assert.Empty(GuardRules.Meanings.Keys.Except(tested).Except(SqlGuardCases.Attacks.Select(x => x.Rule!)));
    }
}
