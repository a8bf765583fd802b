using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class ScoringTests
{
    private static readonly Dictionary<string, int> s_noCaps = [];

    [Theory]
    [InlineData(null, "UNKNOWN")]
    [InlineData(0, "POOR")]
    [InlineData(49, "POOR")]
    [InlineData(50, "FAIR")]
    [InlineData(69, "FAIR")]
    [InlineData(70, "GOOD")]
    [InlineData(84, "GOOD")]
    [InlineData(85, "EXCELLENT")]
    [InlineData(100, "EXCELLENT")]
    public void Level_OfScore_FollowsTheBands(int? score, string level) => Assert.Equal(level, Scoring.Level(score));

    [Fact]
    public void Deduct_ManyOfOneCode_CostsTwiceTheGravest()
    {
        var deductions = Scoring.Deduct(Findings(("a", "warning", 100), ("b", "critical", 1), ("b", "warning", 9), ("c", "info", 7)), s_noCaps);

        Assert.Equal([("b", 50), ("a", 20)], deductions.Select(deduction => (deduction.Code, deduction.Points)));
        Assert.Equal(30, Scoring.Score(deductions));
        Assert.Contains("capped at 20", deductions[1].Reason);
    }

    [Fact]
    public void Deduct_OwnCap_Wins() =>
        Assert.Equal(7, Scoring.Deduct(Findings(("a", "critical", 3)), new Dictionary<string, int> { ["a"] = 7 }).Single().Points);

    [Fact]
    public void Score_MoreThanAHundredPoints_StopsAtZero() =>
        Assert.Equal(0, Scoring.Score(Scoring.Deduct(Findings(("a", "critical", 2), ("b", "critical", 2), ("c", "critical", 2)), s_noCaps)));

    [Theory]
    [InlineData("critical", true, "CRITICAL", 30)]
    [InlineData("warning", true, "WARNING", 120)]
    [InlineData("info", true, "HEALTHY", 720)]
    [InlineData("info", false, "UNKNOWN", 30)]
    [InlineData("warning", false, "WARNING", 120)]
    public void Status_ByGravestFinding_SetsTheNextCheck(string severity, bool judged, string status, int minutes)
    {
        Assert.Equal(status, Scoring.Status(Findings(("a", severity, 1)), judged));
        Assert.Equal(minutes, Scoring.NextCheckMinutes(status));
    }

    private static List<Finding> Findings(params (string Code, string Severity, int Count)[] groups) =>
    [
        .. from code in groups
           from i in Enumerable.Range(0, code.Count)
           select new Finding { Code = code.Code, Severity = code.Severity, Message = "m", Evidence = [], Advice = [] },
    ];
}
