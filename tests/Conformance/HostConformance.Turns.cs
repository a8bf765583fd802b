using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Conformance;

public abstract partial class HostConformance
{
    private IWorker Worker => Host.Grains.Get<IWorker>(Key);

    [Fact]
    public async Task Turns_SecondCallWhileFirstIsAwaited_StartsAfterIt()
    {
        var first = Worker.HoldAsync("a", default);
        await Stage.Log.UntilAsync("start a");
        var second = Worker.HoldAsync("b", default);

        Stage.Open("b");
        Stage.Open("a");
        await SoonAsync(Task.WhenAll(first, second));

        Assert.Equal(["activated", "start a", "end a", "start b", "end b"], Stage.Log.Events);
    }

    [Fact]
    public async Task Turns_ManyCallersAtOnce_NeverOverlap()
    {
        var callers = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                Assert.Equal(1, await Worker.FanOutAsync(1));
        }));

        await SoonAsync(Task.WhenAll(callers));
    }

    [Fact]
    public async Task Turns_OneCaller_KeepsItsOrder()
    {
        for (var number = 0; number < 500; number++)
            await Worker.AppendAsync(number);

        Assert.Equal(Enumerable.Range(0, 500), await Worker.NumbersAsync());
    }

    [Fact]
    public async Task Turns_CallsThatWaitWhenAnActivationEnds_RunOnceOnTheNext()
    {
        var worker = Worker;
        var calls = new List<Task>();
        for (var number = 0; number < 300; number++)
        {
            if (number == 100)
                calls.Add(worker.DeactivateAsync());
            calls.Add(worker.AppendAsync(number).AsTask());
        }
        await SoonAsync(Task.WhenAll(calls));

        var numbers = await Worker.NumbersAsync();
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
        Assert.NotEmpty(numbers);
    }

    [Fact]
    public async Task Turns_FanOutInsideOneCall_StaysOnOneThreadAtATime() =>
        Assert.Equal(1, await SoonAsync(Worker.FanOutAsync(50)));

    [Fact]
    public async Task Turns_GrainsThatCallEachOther_EndByDeadline()
    {
        var other = Key + "-other";
        var call = Worker.CallAsync(other);
        await Stage.Of(other).Log.UntilAsync("called back");
        await Host.AdvanceAsync(Past(Host.CallDeadline));

        await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(call));
        Assert.True(await SoonAsync(Worker.TurnAsync()) > 0);
        Assert.True(await SoonAsync(Host.Grains.Get<IWorker>(other).TurnAsync()) > 0);
    }

    [Fact]
    public async Task Activation_HookFails_FailsThatCallOnly()
    {
        Stage.Log.Record("fail activation");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => SoonAsync(Worker.TurnAsync()));

        Assert.Contains("no activation today", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
    }

    [Fact]
    public async Task Activation_GrainAsksForItsEnd_StartsAnew()
    {
        Assert.Equal(1, await Worker.TurnAsync());
        Assert.Equal(2, await Worker.TurnAsync());
        await Worker.DeactivateAsync();

        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
        Assert.Equal(["activated", "deactivated Requested", "activated"], Stage.Log.Events);
    }

    [Fact]
    public async Task Activation_Idle_EndsWithHookAndStartsAnew()
    {
        await Worker.TurnAsync();
        await UntilIdleAsync();

        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
    }

    [Fact]
    public async Task Activation_HostStops_RunsHook()
    {
        await Worker.TurnAsync();
        await Host.RestartAsync();

        Assert.Equal(1, Stage.Log.Count("deactivated Shutdown"));
        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
    }
}
