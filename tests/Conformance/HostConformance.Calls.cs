using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Conformance;

public abstract partial class HostConformance
{
    [Fact]
    public async Task Call_NotAnswered_FailsAtDeadlineNamingGrainAndMethod()
    {
        var call = Worker.HoldDeafAsync("a");
        await Stage.Log.UntilAsync("start a");
        await Host.AdvanceAsync(Host.CallDeadline / 2);
        Assert.False(call.IsCompleted);
        await Host.AdvanceAsync(Past(Host.CallDeadline / 2));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(call));
        Assert.Contains(Key, failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(IWorker.HoldDeafAsync), failure.Message, StringComparison.Ordinal);

        Stage.Open("a");
        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
    }

    [Fact]
    public async Task Call_NotAnswered_CancelsTheMethodAtDeadline()
    {
        var call = Worker.HoldAsync("a", default);
        await Stage.Log.UntilAsync("start a");
        await Host.AdvanceAsync(Past(Host.CallDeadline));

        await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(call));
        await Stage.Log.UntilAsync("cancelled a");
    }

    [Fact]
    public async Task Call_WaitsBehindOneThatHangs_FailsAtDeadlineAndDoesNotRunToItsEnd()
    {
        var running = Worker.HoldDeafAsync("a");
        await Stage.Log.UntilAsync("start a");
        var waiting = Worker.HoldAsync("b", default);
        await Host.AdvanceAsync(Past(Host.CallDeadline));
        await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(running));
        await Assert.ThrowsAsync<TimeoutException>(() => SoonAsync(waiting));

        // In a cluster the cancellation is a message: the turn may have begun before it comes.
        Stage.Open("a");
        await SoonAsync(Worker.TurnAsync());
        Assert.Equal(0, Stage.Log.Count("end b"));
    }

    [Fact]
    public async Task Call_CallerCancels_CancelsTheMethod()
    {
        using var caller = new CancellationTokenSource();
        var call = Worker.HoldAsync("a", caller.Token);
        await Stage.Log.UntilAsync("start a");
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(call));
        await Stage.Log.UntilAsync("cancelled a");
        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
    }

    [Fact]
    public async Task Call_CallerCancelsBeforeItStarts_DoesNotRunToItsEnd()
    {
        using var caller = new CancellationTokenSource();
        var running = Worker.HoldAsync("a", default);
        await Stage.Log.UntilAsync("start a");
        var waiting = Worker.HoldAsync("b", caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(waiting));

        Stage.Open("a");
        await SoonAsync(running);
        await SoonAsync(Worker.TurnAsync());
        Assert.Equal(0, Stage.Log.Count("end b"));
    }

    [Fact]
    public async Task Call_TokenCancelledAlready_DoesNotRun()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker.HoldAsync("a", new CancellationToken(canceled: true)));

        await SoonAsync(Worker.TurnAsync());
        Assert.Equal(0, Stage.Log.Count("start a"));
    }

    [Fact]
    public async Task Call_Values_CrossAsTheyAre()
    {
        var parcel = new Parcel
        {
            Name = "größe \u4e2d \"x\"", At = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(8)), Colour = Colour.Green,
            Weight = long.MaxValue, Ratio = 0.1, Payload = [0, 255, 7], Labels = new() { ["a"] = "b" },
            Parts = [new Parcel { Name = "", At = DateTimeOffset.UnixEpoch, Colour = Colour.Red, Ratio = double.NaN }],
        };

        var back = await Worker.EchoAsync(parcel);

        Assert.Equivalent(parcel, back, strict: true);
        Assert.Null(await Worker.EchoNothingAsync(null));
        Assert.Equal("x", await Worker.EchoNothingAsync("x"));
        Assert.Equal(1 + 2 + 3 + 4 + 5 + 2 + 6, await Worker.SumAsync(1, 2, "abc", [1, 2, 3, 4], 5, Colour.Green, [1, 5]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_Fails_ReachesCallerWithItsMessage(bool afterAwait)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => SoonAsync(Worker.FailAsync("out of cheese", afterAwait)));

        Assert.Contains("out of cheese", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await SoonAsync(Worker.TurnAsync()));
    }

    [Fact]
    public async Task Call_BetweenGrainsOnDifferentKeys_Works()
    {
        var others = Enumerable.Range(0, 50).Select(i => Host.Grains.Get<IWorker>($"{Key}-{i}")).ToList();

        var turns = await SoonAsync(Task.WhenAll(others.Select(other => other.TurnAsync())));

        Assert.All(turns, turn => Assert.Equal(1, turn));
    }
}
