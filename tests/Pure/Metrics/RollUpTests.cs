using FsCheck;
using FsCheck.Fluent;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Tests.Pure.Metrics;

public sealed class RollUpTests
{
    private const long Minute = 60_000;

    [Fact]
    public void OfSamples_TwoMinutes_SumsUpEach()
    {
        var rolled = new Columns(RollUp.Fields);
        RollUp.OfSamples([Minute, Minute + 10_000, 2 * Minute - 1, 5 * Minute], [0.1, 0.2, 0.3, -4], Minute, rolled);
        Assert.Equal([Minute, 5 * Minute], rolled.Times);
        Assert.Equal([3, 1], rolled[RollUp.Count]);
        // Not 0.6000000000000001, which adding doubles gives.
        Assert.Equal([0.6, -4], rolled[RollUp.Sum]);
        Assert.Equal([0.1, -4], rolled[RollUp.Min]);
        Assert.Equal([0.3, -4], rolled[RollUp.Last]);
        Assert.Equal([0.3, -4], rolled[RollUp.Max]);
    }

    [Fact]
    public void OfSamples_NotANumber_CountsAsNoSample()
    {
        var rolled = new Columns(RollUp.Fields);
        RollUp.OfSamples([0, 1, Minute], [double.NaN, 5, double.NaN], Minute, rolled);
        Assert.Equal([0], rolled.Times);
        Assert.Equal([1], rolled[RollUp.Count]);
        Assert.Equal([5], rolled[RollUp.Last]);
    }

    [Fact]
    public void OfSteps_FinerSteps_GivesWhatTheSamplesGive() => Prop.ForAll(Samples, samples =>
    {
        Columns minutes = new(RollUp.Fields), coarse = new(RollUp.Fields), direct = new(RollUp.Fields);
        RollUp.OfSamples(samples.Times, samples.Values, Minute, minutes);
        RollUp.OfSteps(minutes, 5 * Minute, coarse);
        RollUp.OfSamples(samples.Times, samples.Values, 5 * Minute, direct);
        AssertEqual(direct, coarse);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Join_TwoPartsOfTheSamples_GivesWhatTheWholeGives() => Prop.ForAll(Samples, Gen.Choose(0, 60).ToArbitrary(), (samples, cut) =>
    {
        cut = Math.Min(cut, samples.Times.Length);
        Columns older = new(RollUp.Fields), newer = new(RollUp.Fields), joined = new(RollUp.Fields), whole = new(RollUp.Fields);
        RollUp.OfSamples(samples.Times.AsSpan(0, cut), samples.Values.AsSpan(0, cut), Minute, older);
        RollUp.OfSamples(samples.Times.AsSpan(cut), samples.Values.AsSpan(cut), Minute, newer);
        RollUp.Join(newer, older, joined);
        RollUp.OfSamples(samples.Times, samples.Values, Minute, whole);
        AssertEqual(whole, joined);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(long[] Times, double[] Values)> Samples => (
        from gaps in Gen.ListOf(Gen.Choose(1, 100_000))
        from cents in Gen.ArrayOf(Gen.Choose(-10_000, 10_000), gaps.Count)
        select (gaps.Select((_, i) => gaps.Take(i).Sum(gap => (long)gap)).ToArray(), cents.Select(c => c / 100.0).ToArray())).ToArbitrary();

    private static void AssertEqual(Columns expected, Columns actual)
    {
        Assert.Equal(expected.Times, actual.Times);
        for (var field = 0; field < RollUp.Fields; field++)
            Assert.Equal(expected[field], actual[field]);
    }
}
