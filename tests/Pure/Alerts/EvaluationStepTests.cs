using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Alerts;

/// <summary>Ticks in, transitions out.</summary>
public sealed class EvaluationStepTests
{
    [Theory]
    [InlineData("0:90", "0:firing")]
    [InlineData("0:80", "")]
    [InlineData("0:90 10:90 20:50", "0:firing 20:resolved")]
    [InlineData("0:90 10:50 20:90 30:50", "0:firing 10:resolved 20:firing 30:resolved")]
    [InlineData("0:NaN 10:90", "10:firing")]
    [InlineData("0:90 10:NaN 20:90", "0:firing")]
    public void Run_NoHoldTime_FiresAndResolvesAtOnce(string ticks, string expected) => Assert.Equal(expected, Ticks.Run(Ticks.Rule(), ticks));

    [Theory]
    [InlineData("0:90 10:90 20:90 30:90", "0:pending 30:firing")]
    [InlineData("0:90 10:90 20:90 29:90", "0:pending")]
    [InlineData("0:90 10:50 20:90", "0:pending 10:inactive 20:pending")]
    [InlineData("0:90 10:90 20:50 30:90 40:90 50:90 60:90", "0:pending 20:inactive 30:pending 60:firing")]
    // Ten minutes without anything are an outage: what was before and after it adds up, it does not.
    [InlineData("0:90 10:90 610:90 620:90", "0:pending")]
    [InlineData("0:90 10:90 610:90 620:90 630:90", "0:pending 630:firing")]
    // An agent that measures every five minutes has no outages.
    [InlineData("0:1 300:1 600:90 900:90", "600:pending 900:firing")]
    public void Run_HoldTimeOf30Seconds_FiresWhenItHasBeenTrueForSoLong(string ticks, string expected) =>
        Assert.Equal(expected, Ticks.Run(Ticks.Rule(rule => rule with { DurationSeconds = 30 }), ticks));

    [Theory]
    [InlineData("0:90 10:50 20:50 30:50", "0:firing 30:resolved")]
    [InlineData("0:90 10:50 20:90 30:50 40:50 50:50", "0:firing 50:resolved")]
    public void Run_KeepFiringFor20Seconds_ResolvesWhenItHasBeenFalseForSoLong(string ticks, string expected) =>
        Assert.Equal(expected, Ticks.Run(Ticks.Rule(rule => rule with { KeepFiringSeconds = 20 }), ticks));

    [Theory]
    [InlineData("0:90 60:- 120:- 180:- 240:- 299:-", "0:firing")]
    [InlineData("0:90 60:- 120:- 180:- 240:- 300:- 310:-", "0:firing 300:gone")]
    [InlineData("0:90 60:- 120:- 180:- 240:- 300:- 310:90", "0:firing 300:gone 310:firing")]
    // The agent was away: it says nothing about its subjects.
    [InlineData("0:90 900:- 910:90 920:50", "0:firing 920:resolved")]
    // What comes every five minutes is not gone in between.
    [InlineData("0:1 60:- 120:- 180:- 240:- 299:90 360:- 420:- 480:- 540:- 598:- 599:90 600:-", "299:firing")]
    public void Run_SubjectIsNoLongerMeasured_IsGoneAfterFiveMinutesOfMeasuring(string ticks, string expected) =>
        Assert.Equal(expected, Ticks.Run(Ticks.Rule(), ticks));

    [Theory]
    [InlineData(RuleAggregation.Avg, "0:90 10:90 20:10 30:90 40:90 50:90", "0:firing 20:resolved 50:firing")]
    [InlineData(RuleAggregation.Max, "0:90 10:10 20:10 30:10", "0:firing 30:resolved")]
    [InlineData(RuleAggregation.Min, "0:90 10:10 20:90 30:90 40:90", "0:firing 10:resolved 40:firing")]
    [InlineData(RuleAggregation.Sum, "0:30 10:30 20:30 30:1 40:1", "20:firing 30:resolved")]
    [InlineData(RuleAggregation.Last, "0:90 10:10", "0:firing 10:resolved")]
    public void Run_WindowOf30Seconds_ComparesWhatIsInIt(RuleAggregation aggregation, string ticks, string expected) =>
        Assert.Equal(expected, Ticks.Run(Ticks.Rule(rule => rule with { Aggregation = aggregation, WindowSeconds = 30 }), ticks));

    [Theory]
    [InlineData("0:0 10:900 20:1800 30:1801 40:1802 50:1803", "10:firing 30:resolved")]
    // A counter that began again: 1000 -> 950 is a rise of 950.
    [InlineData("0:0 10:1000 20:950", "10:firing")]
    [InlineData("0:900", "")]
    public void Run_RateOf30Seconds_ComparesTheRisePerSecond(string ticks, string expected) =>
        Assert.Equal(expected, Ticks.Run(Ticks.Rule(rule => rule with { Rate = true, WindowSeconds = 25, Threshold = 80 }), ticks));

    [Theory]
    [InlineData(RuleOperator.Above, false, false, true)]
    [InlineData(RuleOperator.AtLeast, false, true, true)]
    [InlineData(RuleOperator.Below, true, false, false)]
    [InlineData(RuleOperator.AtMost, true, true, false)]
    [InlineData(RuleOperator.Equal, false, true, false)]
    [InlineData(RuleOperator.NotEqual, true, false, true)]
    public void Holds_Operator_Compares(RuleOperator op, bool below, bool equal, bool above)
    {
        Assert.Equal((below, equal, above), (op.Holds(79, 80), op.Holds(80, 80), op.Holds(81, 80)));
        Assert.False(op.Holds(double.NaN, 80));
    }

    [Theory]
    [InlineData("0:10 20:10|10:90|30:10", "")]
    [InlineData("0:90 20:90|10:10|30:90", "0:firing")]
    public void Run_LateSample_ChangesNoState(string ticks, string expected) => Assert.Equal(expected, Ticks.Run(Ticks.Rule(), ticks));

    [Fact]
    public void Run_LateSample_CountsInTheWindow() => Assert.Equal("30:firing", Ticks.Run(
        Ticks.Rule(rule => rule with { Aggregation = RuleAggregation.Sum, WindowSeconds = 60 }), "0:10 20:10|10:70|30:10"));

    [Theory]
    [InlineData("0:10 0:90", "0:firing")]
    [InlineData("0:90 0:10", "")]
    public void Run_TwoSamplesOfOneTime_TheLaterOneCounts(string ticks, string expected) => Assert.Equal(expected, Ticks.Run(Ticks.Rule(), ticks));

    [Fact]
    public void Run_MoreSubjectsThanMayBe_RefusesNewOnesAndKeepsTheOthers()
    {
        var rule = new EvaluatedRule(Ticks.Rule());
        var stream = new EvaluationStream(SavedStream.Empty);
        Fire(0, EvaluationStep.MaxSubjects, 90);
        Assert.Equal(EvaluationStep.MaxSubjects, stream.Instances.Count);
        Assert.Empty(Fire(1, 5, 90, from: EvaluationStep.MaxSubjects));
        Assert.Equal(5, stream.Refused["r"]);
        Assert.Equal(3, Fire(2, 3, 10).Count);

        IReadOnlyList<Transition> Fire(int second, int count, double value, int from = 0) => stream.Run(
            [.. Enumerable.Range(from, count).Select(i => new Reading(
                rule, new Series("load", new Label("i", $"{i}")), new Sample(Ticks.Begin + second * 1_000, value)))], []);
    }

    [Fact]
    public void Run_QuietSubjectsThatAreGone_AreForgotten()
    {
        var rule = new EvaluatedRule(Ticks.Rule());
        var stream = new EvaluationStream(SavedStream.Empty);
        stream.Run([new Reading(rule, Ticks.Subject, new Sample(Ticks.Begin, 1))], []);
        Assert.Single(stream.Instances);
        stream.Run([], Enumerable.Range(1, 30).Select(i => Ticks.Begin + i * 10_000L));
        Assert.Empty(stream.Instances);
    }
}
