using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Conformance;

public abstract partial class HostConformance
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private IClockwork Clockwork => Host.Grains.Get<IClockwork>(Key);

    [Fact]
    public async Task Timer_Periodic_TicksAfterDueAndEachPeriod()
    {
        await Clockwork.StartTimerAsync("t", 5 * s_second, 2 * s_second, held: false, failing: false);
        await Host.AdvanceAsync(4 * s_second);
        await Clockwork.PingAsync();
        Assert.Equal(0, Stage.Log.Count("tick t"));

        await Host.AdvanceAsync(s_second);
        await Stage.Log.UntilAsync("ticked t", times: 1);
        await Clockwork.PingAsync();
        await Host.AdvanceAsync(2 * s_second);
        await Stage.Log.UntilAsync("ticked t", times: 2);
    }

    [Fact]
    public async Task Timer_WithoutPeriod_TicksOnce()
    {
        await Clockwork.StartTimerAsync("t", s_second, Timeout.InfiniteTimeSpan, held: false, failing: false);
        await Host.AdvanceAsync(s_second);
        await Stage.Log.UntilAsync("ticked t");
        await Host.AdvanceAsync(s_minute);
        await Clockwork.PingAsync();

        Assert.Equal(1, Stage.Log.Count("tick t"));
    }

    [Fact]
    public async Task Timer_DueDuringACall_TicksAfterIt()
    {
        await Clockwork.StartTimerAsync("t", s_second, Timeout.InfiniteTimeSpan, held: false, failing: false);
        var call = Clockwork.HoldAsync();
        await Stage.Log.UntilAsync("hold");
        await Host.AdvanceAsync(2 * s_second);
        Stage.Open("hold");
        await SoonAsync(call);
        await Stage.Log.UntilAsync("ticked t");

        Assert.Equal(["hold", "held", "tick t", "ticked t"], Stage.Log.Events);
    }

    [Fact]
    public async Task Timer_DueWhileItTicks_DropsThatTick()
    {
        await Clockwork.StartTimerAsync("t", s_second, s_second, held: true, failing: false);
        await Host.AdvanceAsync(s_second);
        await Stage.Log.UntilAsync("tick t");
        for (var i = 0; i < 5; i++)
            await Host.AdvanceAsync(s_second);
        Stage.Open("tick t");
        await Clockwork.PingAsync();
        Assert.Equal(["tick t", "ticked t"], Stage.Log.Events);

        await Host.AdvanceAsync(s_second);
        await Stage.Log.UntilAsync("ticked t", times: 2);
    }

    [Fact]
    public async Task Timer_TickFails_GoesOn()
    {
        await Clockwork.StartTimerAsync("t", s_second, s_second, held: false, failing: true);
        for (var tick = 1; tick <= 3; tick++)
        {
            await Host.AdvanceAsync(s_second);
            await Stage.Log.UntilAsync("ticked t", tick);
            await Clockwork.PingAsync();
        }
    }

    [Fact]
    public async Task Timer_Stopped_TicksNoMore()
    {
        await Clockwork.StartTimerAsync("t", s_second, s_second, held: false, failing: false);
        await Host.AdvanceAsync(s_second);
        await Stage.Log.UntilAsync("ticked t");
        await Clockwork.StopTimerAsync("t");
        await Host.AdvanceAsync(5 * s_second);
        await Clockwork.PingAsync();

        Assert.Equal(1, Stage.Log.Count("tick t"));
    }

    [Fact]
    public async Task Timer_GrainDeactivates_TicksNoMore()
    {
        await Clockwork.StartTimerAsync("t", s_second, s_second, held: false, failing: false);
        await Clockwork.DeactivateAsync();
        await Stage.Log.UntilAsync("deactivated Requested");
        await Clockwork.PingAsync();
        await Host.AdvanceAsync(5 * s_second);
        await Clockwork.PingAsync();

        Assert.Equal(0, Stage.Log.Count("tick t"));
    }

    [Fact]
    public async Task Timer_OfAnIdleGrain_DoesNotKeepItActive()
    {
        await Clockwork.StartTimerAsync("t", s_minute, s_minute, held: false, failing: false);
        var ended = Stage.Log.UntilAsync("deactivated Idle");
        // Again and again, because a grain isn't idle in the middle of a tick.
        for (var tick = 1; tick <= 20 && !ended.IsCompleted; tick++)
        {
            await Host.AdvanceAsync(s_minute);
            await Task.WhenAny(Stage.Log.UntilAsync("ticked t", tick), ended);
            await Host.LetIdleAsync();
        }

        await ended;
    }

    [Fact]
    public async Task Reminder_Due_WakesAGrainThatIsNotActive()
    {
        await Clockwork.SetReminderAsync("r", TimeSpan.FromDays(2), TimeSpan.FromDays(1));
        await UntilIdleAsync();
        Assert.Equal(0, Stage.Log.Count("reminder r"));

        await RemindedAsync(1, TimeSpan.FromHours(12));
    }

    [Fact]
    public async Task Reminder_Periodic_ComesAgainUntilCancelled()
    {
        await Clockwork.SetReminderAsync("r", s_minute, s_minute);
        for (var times = 1; times <= 3; times++)
        {
            await RemindedAsync(times);
            await Clockwork.PingAsync();
        }
        await Clockwork.CancelReminderAsync("r");
        var before = Stage.Log.Count("reminder r");
        await Host.AdvanceAsync(5 * s_minute);
        await Clockwork.PingAsync();

        Assert.Equal(before, Stage.Log.Count("reminder r"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reminder_HostStartsAgain_StillComes(bool crash)
    {
        await Clockwork.SetReminderAsync("r", s_minute, s_minute);
        await Clockwork.SetReminderAsync("cancelled", s_minute, s_minute);
        await Clockwork.CancelReminderAsync("cancelled");
        await (crash ? Host.CrashAsync() : Host.RestartAsync());

        await RemindedAsync(1);
        await Clockwork.PingAsync();
        Assert.Equal(0, Stage.Log.Count("reminder cancelled"));
    }

    [Fact]
    public async Task Reminder_NotDeliveredBeforeACrash_ComesAfterIt()
    {
        await Clockwork.SetReminderAsync("r", s_minute, s_minute);
        var hold = Clockwork.HoldAsync();
        await Stage.Log.UntilAsync("hold");
        await Host.AdvanceAsync(s_minute);
        await Host.CrashAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => SoonAsync(hold));

        await RemindedAsync(1);
    }

    [Fact]
    public async Task Reminder_GrainFails_ComesAgain()
    {
        Stage.Log.Record("fail reminder");
        await Clockwork.SetReminderAsync("r", s_minute, s_minute);
        await Host.AdvanceAsync(s_minute);
        await Stage.Log.UntilAsync("reminder r");
        await Clockwork.PingAsync();

        await RemindedAsync(1);
    }

    [Fact]
    public async Task Reminder_SetAgain_ReplacesTheFirst()
    {
        await Clockwork.SetReminderAsync("r", s_minute, s_minute);
        await Clockwork.SetReminderAsync("r", 10 * s_minute, 10 * s_minute);
        await Host.AdvanceAsync(9 * s_minute);
        await Clockwork.PingAsync();
        Assert.Equal(0, Stage.Log.Count("reminder r"));

        await Host.AdvanceAsync(s_minute);
        await Stage.Log.UntilAsync("reminded r");
    }

    [Fact]
    public async Task Reminder_PeriodUnderAMinute_IsRefused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => SoonAsync(Clockwork.SetReminderAsync("r", s_second, s_second)));

    /// <summary>Lets time pass until the reminder has come that many times: a host may count a period from when it has noted the last.</summary>
    private async Task RemindedAsync(int times, TimeSpan? step = null)
    {
        var reminded = Stage.Log.UntilAsync("reminded r", times);
        while (!reminded.IsCompleted)
        {
            await Host.AdvanceAsync(step ?? s_minute);
            await Task.Yield();
        }
        await reminded;
    }
}
