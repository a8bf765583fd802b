using Outrider.Api.Operations.Fleet;
using Outrider.Grains.Fleet;
using Outrider.Testing.Time;

namespace Outrider.Tests.Pure.Fleet;

public sealed class FleetPaceTests
{
    private readonly FakeTime _time = new();
    private int _reads;

    [Fact]
    public async Task Get_ManyAtOnce_WaitForOneRead()
    {
        var gate = new TaskCompletionSource();
        var pace = Pace(() => gate.Task);
        var waiting = Enumerable.Range(0, 50).Select(_ => pace.GetAsync()).ToList();
        gate.SetResult();

        Assert.Single((await Task.WhenAll(waiting)).Distinct());
        Assert.Equal(1, _reads);
    }

    [Theory]
    [InlineData(0, 2_000)]
    [InlineData(100, 2_000)]
    [InlineData(1_000, 9_000)]
    [InlineData(20_000, 180_000)]
    public async Task Get_AfterARead_RestsTwoSecondsOrNineTimesAsLongAsItTook(int tookMs, int restMs)
    {
        var pace = Pace(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(tookMs));
            return Task.CompletedTask;
        });
        await pace.GetAsync();
        _time.Advance(TimeSpan.FromMilliseconds(restMs - 1));
        await pace.GetAsync();
        Assert.Equal(1, _reads);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        await pace.GetAsync();
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Get_AReadThatFails_TellsAllAndIsTriedAgainSoon()
    {
        var fails = true;
        var pace = Pace(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return fails ? Task.FromException(new TimeoutException("slow")) : Task.CompletedTask;
        });
        await Assert.ThrowsAsync<TimeoutException>(pace.GetAsync);
        await Assert.ThrowsAsync<TimeoutException>(pace.GetAsync);
        Assert.Equal(1, _reads);
        fails = false;
        _time.Advance(FleetPace.MaxAge);
        await pace.GetAsync();
        Assert.Equal(2, _reads);
    }

    private FleetPace Pace(Func<Task> read) => new(async () =>
    {
        Interlocked.Increment(ref _reads);
        await read();
        return FleetSnapshot.Of(_time.GetUtcNow(), [], new Dictionary<string, FleetValues>(), new FiringAlerts());
    }, _time);
}
