using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Tests.Pure.Metrics.Queries;

public sealed class CounterRatesTests
{
    private const long Step = Periods.Minute;

    [Fact]
    public void Of_ARisingCounter_IsItsRateInEachStepButTheFirst()
    {
        var rates = CounterRates.Of([At(0, 100), At(1, 160), At(2, 160), At(3, 400)], Step, long.MaxValue);
        Assert.Equal([(Step, 1.0), (2 * Step, 0.0), (3 * Step, 4.0)], rates.Select(rate => (rate.Time, rate.Average)));
        Assert.Equal([60.0, 0, 240], rates.Select(rate => rate.Sum));
    }

    [Theory]
    [InlineData(100, 30, 30, 30, 30, "starts again at 0 and reaches 30")]
    [InlineData(100, 5, 30, 150, 80, "rises to 150, starts again and reaches 30")]
    [InlineData(100, 0, 0, 150, 50, "rises to 150 and starts again")]
    [InlineData(100, 5, 200, 200, 200, "starts again and passes what it was: at least 200")]
    [InlineData(100, 120, 130, 130, 30, "only rises")]
    public void Of_ACounterThatBeganAgain_CountsOnFromZero(double before, double min, double last, double max, double increase, string because)
    {
        var rates = CounterRates.Of([At(0, before), new MetricStep(Step, 6, 0, min, last, max)], Step, long.MaxValue);
        Assert.True(increase == Assert.Single(rates).Sum, because);
    }

    [Fact]
    public void Of_AGap_SaysNothingOfIt()
    {
        var rates = CounterRates.Of([At(0, 0), At(1, 60), At(10, 600), At(11, 660)], Step, long.MaxValue);
        Assert.Equal([Step, 11 * Step], rates.Select(rate => rate.Time));
    }

    [Fact]
    public void Of_SamplesRarerThanSteps_IsTheAverageSinceTheOneBefore()
    {
        var rates = CounterRates.Of([At(0, 0), At(5, 600), At(10, 1_200)], Step, long.MaxValue);
        Assert.Equal([2.0, 2.0], rates.Select(rate => rate.Average));
    }

    [Fact]
    public void Of_AStepThatIsNotOver_IsLeftOut() =>
        Assert.Equal([Step], CounterRates.Of([At(0, 0), At(1, 60), At(2, 70)], Step, now: 2 * Step + 10_000).Select(rate => rate.Time));

    [Fact]
    public void Of_RawSamples_IsTheRateBetweenThem()
    {
        MetricStep[] samples = [Raw(0, 0), Raw(10_000, 50), Raw(20_000, 10), Raw(400_000, 500), Raw(410_000, 600)];
        var rates = CounterRates.Of(samples, QuerySteps.Raw, 410_000);
        Assert.Equal([(10_000L, 5.0), (20_000L, 1.0), (410_000L, 10.0)], rates.Select(rate => (rate.Time, rate.Average)));
    }

    [Fact]
    public void Of_NothingOrOneStep_IsNothing()
    {
        Assert.Empty(CounterRates.Of([], Step, long.MaxValue));
        Assert.Empty(CounterRates.Of([At(0, 7)], Step, long.MaxValue));
    }

    /// <summary>With a restart, what the counter rose in the same step before it may be missing: five samples of 100 at most.</summary>
    [Fact]
    public void Of_Steps_AddUpToWhatTheSamplesShow() => Prop.ForAll(
        Gen.ListOf(Gen.Choose(0, 100), 60).ToArbitrary(),
        Gen.Choose(0, 59).ToArbitrary(),
        (rises, restart) =>
        {
            var samples = new List<Sample>();
            var value = 0.0;
            foreach (var (i, rise) in rises.Index())
            {
                value = i == restart ? rise : value + rise;
                samples.Add(new Sample(i * 10_000L, value));
            }
            var exact = samples.Zip(samples.Skip(1), (a, b) => b.Value < a.Value ? b.Value : b.Value - a.Value).Skip(5).Sum();
            var seen = CounterRates.Of(Steps(samples), Step, long.MaxValue).Sum(rate => rate.Sum);
            return HasRestart(samples) ? seen <= exact && seen >= exact - 500 : seen == exact;
        }).QuickCheckThrowOnFailure();

    private static bool HasRestart(List<Sample> samples) => samples.Zip(samples.Skip(1)).Any(pair => pair.Second.Value < pair.First.Value);

    private static List<MetricStep> Steps(List<Sample> samples)
    {
        var steps = new Columns(RollUp.Fields);
        RollUp.OfSamples([.. samples.Select(sample => sample.Time)], [.. samples.Select(sample => sample.Value)], Step, steps);
        return [.. Enumerable.Range(0, steps.Count).Select(i => new MetricStep(
            steps.Times[i], steps[RollUp.Count][i], steps[RollUp.Sum][i], steps[RollUp.Min][i], steps[RollUp.Last][i], steps[RollUp.Max][i]))];
    }

    private static MetricStep At(int step, double value) => new(step * Step, 6, 6 * value, value, value, value);

    private static MetricStep Raw(long time, double value) => new(time, 1, value, value, value, value);
}
