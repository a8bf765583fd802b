using Outrider.Agent.Link;

namespace Outrider.Tests.Pure.Link;

public sealed class ClockOffsetTests
{
    private readonly ClockOffset _clock = new();

    [Fact]
    public void Seconds_NoAnswerYet_IsUnknown() => Assert.Null(_clock.Seconds);

    [Fact]
    public void Seconds_OneAnswer_IsTheMiddleLessTheCentres()
    {
        _clock.Observe(TimeSpan.FromMilliseconds(200), receivedAt: 10_100, centreAt: 7_500);
        Assert.Equal(2.5, _clock.Seconds!.Value, 6);
    }

    [Fact]
    public void Seconds_SlowAndQuickAnswers_TheQuickestCounts()
    {
        _clock.Observe(TimeSpan.FromMilliseconds(2_000), 10_000, 8_000);
        _clock.Observe(TimeSpan.FromMilliseconds(10), 20_005, 18_500);
        _clock.Observe(TimeSpan.FromMilliseconds(4_000), 30_000, 27_000);
        Assert.Equal(1.5, _clock.Seconds!.Value, 6);
    }

    [Fact]
    public void Seconds_AClockIsSet_TheOldAnswersAreForgotten()
    {
        _clock.Observe(TimeSpan.FromMilliseconds(10), 20_005, 20_000);
        _clock.Observe(TimeSpan.FromMilliseconds(100), 100_050, 40_000);
        Assert.Equal(60, _clock.Seconds!.Value, 6);
    }

    [Fact]
    public void Observe_ImpossibleOrEndlessRoundTrip_TellsNothing()
    {
        _clock.Observe(TimeSpan.FromMilliseconds(-1), 1, 1);
        _clock.Observe(TimeSpan.FromSeconds(11), 1, 1);
        Assert.Null(_clock.Seconds);
    }
}
