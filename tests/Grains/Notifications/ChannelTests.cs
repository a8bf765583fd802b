using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Grains.Secrets;

namespace Outrider.Tests.Grains.Notifications;

public sealed class ChannelTests : IAsyncLifetime
{
    private static readonly DeliveryResult s_refused = new(false, "HTTP 500");

    private ChannelWorld _world = null!;

    public async Task InitializeAsync() => _world = await ChannelWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Wake_SomethingWaits_IsSentAndNotedAsSentOnlyThen()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        _world.Notifier.Answer = (_, _) => answer.Task;
        await _world.PutAsync(Notices.Of("a"));
        await _world.Notifier.Log.UntilAsync("ops: a-fired");

        Assert.Equal((NotificationStatus.Waiting, 0), await StatusAsync("a-fired"));
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        answer.SetResult(new DeliveryResult(true, "HTTP 204"));
        await _world.UntilAsync(health => health.Waiting == 0);

        var sent = await _world.ReadAsync("a-fired");
        Assert.Equal((NotificationStatus.Sent, 1, "HTTP 204"), (sent.Status, sent.Attempts, sent.Result));
        Assert.Equal((Notices.Start, Notices.Start.AddSeconds(2)), (sent.LastAttemptAt, sent.DeliveredAt));
        var health = await _world.Channel.GetHealthAsync();
        Assert.Equal((Notices.Start.AddSeconds(2), "HTTP 204", 0), (health.LastDeliveredAt, health.LastResult, health.Failures));
    }

    [Fact]
    public async Task Wake_MuchWaits_GoesOldestFirstAndFoldsWhatBelongsTogether()
    {
        await _world.PutAsync(
            Notices.Of("a", 0), Notices.Of("b", 1, "disk"), Notices.Of("c", 2), Notices.Of("a", 3, kind: NotificationKind.Resolved),
            Notices.Of("d", 4), Notices.Of("b", 5, "disk", NotificationKind.Resolved));
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Equal(["ops: a-fired c-fired d-fired", "ops: b-fired", "ops: a-resolved", "ops: b-resolved"], _world.Notifier.Sent);
    }

    [Fact]
    public async Task Wake_StormWhileOneIsSent_FoldsIntoMessagesOfFifty()
    {
        var first = new TaskCompletionSource<DeliveryResult>();
        _world.Notifier.Answer = (_, message) => message.Notifications[0].Alert.Id == "first" ? first.Task : Task.FromResult(new DeliveryResult(true, "ok"));
        await _world.PutAsync(Notices.Of("first"));
        await _world.Notifier.Log.UntilAsync("ops: first-fired");
        foreach (var i in Enumerable.Range(0, 120))
            await _world.PutAsync(Notices.Of($"{i:000}", 1));
        first.SetResult(new DeliveryResult(true, "ok"));
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Equal([1, 50, 50, 20], _world.Notifier.Sent.Select(sent => sent.Split(' ').Length - 1));
    }

    [Fact]
    public async Task Wake_MoreThanFitsInMemory_SendsAllOnce()
    {
        await _world.PutAsync([.. Enumerable.Range(0, 2_345).Select(i => Notices.Of($"{i:00000}", i))]);
        await _world.UntilAsync(health => health.Waiting == 0);

        var sent = _world.Notifier.Sent.SelectMany(sent => sent.Split(' ').Skip(1)).ToList();
        Assert.Equal(Enumerable.Range(0, 2_345).Select(i => $"{i:00000}-fired"), sent);
    }

    [Fact]
    public async Task Send_ReceiverFails_IsTriedAfterOneFiveAndThirtySecondsAndThenEverLonger()
    {
        _world.Notifier.Answer = (_, _) => Task.FromResult(s_refused);
        await _world.PutAsync(Notices.Of("a"));
        var times = 1;
        await _world.Notifier.Log.UntilAsync("ops: a-fired");
        foreach (var pause in new[] { 1, 5, 30, 60, 120, 240, 300, 300 })
        {
            await _world.UntilAsync(health => health.Failures == times);
            await _world.NextAsync(TimeSpan.FromSeconds(pause), "ops: a-fired", ++times);
        }
        _world.Notifier.Answer = null;
        await _world.UntilAsync(health => health.Failures == times);
        Assert.Equal((NotificationStatus.Waiting, times), await StatusAsync("a-fired"));
        await _world.NextAsync(TimeSpan.FromSeconds(300), "ops: a-fired", times + 1);
        await _world.UntilAsync(health => health.Failures == 0);
        Assert.Equal((NotificationStatus.Sent, times + 1), await StatusAsync("a-fired"));
    }

    [Fact]
    public async Task Send_OutageOfAnHour_LosesNothing()
    {
        _world.Notifier.Answer = (_, _) => Task.FromResult(s_refused);
        await _world.PutAsync(Notices.Of("a"));
        for (var i = 0; i < 60; i++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await _world.PutAsync(Notices.Of($"b{i:00}", 60 * i, $"rule{i}"));
        }
        _world.Notifier.Answer = null;
        using var limit = new CancellationTokenSource(Testing.TestTimeouts.Default);
        while ((await _world.Channel.GetHealthAsync()).Waiting > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            _world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var all = await _world.Store.ListNotificationsAsync("acme", "ops", null, null, 1_000, default);
        Assert.All(all, one => Assert.Equal(NotificationStatus.Sent, one.Status));
    }

    [Fact]
    public async Task Send_StillFailingAfterADay_IsNotedAsFailed()
    {
        _world.Notifier.Answer = (_, _) => Task.FromResult(s_refused);
        await _world.PutAsync(Notices.Of("a"));
        using var limit = new CancellationTokenSource(Testing.TestTimeouts.Default);
        while ((await _world.ReadAsync("a-fired")).Status is NotificationStatus.Waiting)
        {
            limit.Token.ThrowIfCancellationRequested();
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await _world.Channel.WakeAsync();
            await Task.Yield();
        }

        var failed = await _world.ReadAsync("a-fired");
        Assert.Equal((NotificationStatus.Failed, null), (failed.Status, failed.DeliveredAt));
        Assert.True(failed.LastAttemptAt >= Notices.Start.AddHours(23.9), $"{failed.LastAttemptAt}");
    }

    [Fact]
    public async Task Send_PermanentResult_FailsAtOnceAndLetsTheNextGo()
    {
        _world.Notifier.Answer = (_, message) =>
            Task.FromResult(message.Notifications[0].Alert.Id == "a" ? new DeliveryResult(false, "HTTP 413", Permanent: true) : new DeliveryResult(true, "ok"));
        await _world.PutAsync(Notices.Of("a"), Notices.Of("b", 1, "disk"));
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Equal((NotificationStatus.Failed, 1), await StatusAsync("a-fired"));
        Assert.Equal((NotificationStatus.Sent, 1), await StatusAsync("b-fired"));
    }

    [Fact]
    public async Task Send_OneMessageThatNeverGoes_DoesntKeepTheOthersButItsOwnAlert()
    {
        _world.Notifier.Answer = (_, message) =>
            Task.FromResult(message.Notifications[0].Alert.Id == "bad" ? s_refused : new DeliveryResult(true, "ok"));
        await _world.PutAsync(Notices.Of("bad"), Notices.Of("good", 1, "disk"), Notices.Of("bad", 2, kind: NotificationKind.Resolved));
        foreach (var (pause, failures) in new[] { (1, 1), (5, 2), (30, 3) })
        {
            await _world.UntilAsync(health => health.Failures == failures);
            _world.Time.Advance(TimeSpan.FromSeconds(pause));
        }
        await _world.Notifier.Log.UntilAsync("ops: good-fired");

        Assert.Equal(3, _world.Notifier.Log.Events.TakeWhile(sent => sent != "ops: good-fired").Count());
        Assert.Equal(0, _world.Notifier.Log.Count("ops: bad-resolved"));
    }

    [Fact]
    public async Task Send_NothingHeardWithinThirtySeconds_IsSentAgain()
    {
        _world.Notifier.Answer = (_, _) => _world.Notifier.Never.Task;
        await _world.PutAsync(Notices.Of("a"));
        await _world.Notifier.Log.UntilAsync("ops: a-fired");
        _world.Time.Advance(Channel.Patience);
        await _world.UntilAsync(health => health.Failures == 1);

        // What the first attempt says now counts no more: another one is on its way or due.
        _world.Notifier.Never.SetResult(new DeliveryResult(true, "late"));
        _world.Notifier.Answer = null;
        await _world.NextAsync(TimeSpan.FromSeconds(1), "ops: a-fired", 2);
        await _world.UntilAsync(health => health.Waiting == 0);
        Assert.Equal((NotificationStatus.Sent, 2), await StatusAsync("a-fired"));
    }

    [Fact]
    public async Task Send_OneReceiverHangs_DelaysNoOtherChannel()
    {
        _world.Settings.Set(ChannelWorld.Definition("ops"), ChannelWorld.Definition("other"));
        _world.Notifier.Answer = (channel, _) =>
            channel.Name == "ops" ? _world.Notifier.Never.Task : Task.FromResult(new DeliveryResult(true, "ok"));
        await _world.PutAsync(Notices.Of("a"));
        await _world.Notifier.Log.UntilAsync("ops: a-fired");
        await _world.PutAsync(Notices.Of("a") with { Channel = "other" });
        await _world.UntilAsync(health => health.Waiting == 0, "other");

        Assert.Equal(1, (await _world.Channel.GetHealthAsync()).Waiting);
    }

    [Fact]
    public async Task Crash_BetweenSendAndSettle_SendsTheSameIdAgain()
    {
        _world.Notifier.Answer = (_, _) => _world.Notifier.Never.Task;
        await _world.PutAsync(Notices.Of("a"));
        await _world.Notifier.Log.UntilAsync("ops: a-fired");
        await _world.Host.CrashAsync();
        _world.Notifier.Answer = null;
        await _world.Channel.WakeAsync();
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Equal(["ops: a-fired", "ops: a-fired"], _world.Notifier.Sent);
    }

    [Fact]
    public async Task Crash_AfterFailedTries_KeepsTheirCount()
    {
        _world.Notifier.Answer = (_, _) => Task.FromResult(s_refused);
        await _world.PutAsync(Notices.Of("a"));
        await _world.UntilAsync(health => health.Failures == 1);
        await WaitForAsync(async () => (await _world.ReadAsync("a-fired")).Attempts == 1);
        await _world.Host.CrashAsync();
        _world.Notifier.Answer = null;
        await _world.Channel.WakeAsync();
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Equal((NotificationStatus.Sent, 2), await StatusAsync("a-fired"));
    }

    [Fact]
    public async Task Settle_StoreFails_NotesItLaterAndSendsNothingTwice()
    {
        var failing = true;
        await _world.Store.SaveAsync("acme", [], [Notices.Of("a")], default);
        _world.Store.BeforeWrite = () => failing ? Task.FromException(new InvalidOperationException("The store is away.")) : Task.CompletedTask;
        await _world.Channel.WakeAsync();
        await _world.UntilAsync(health => health.LastDeliveredAt is not null);
        Assert.Equal(1, (await _world.Channel.GetHealthAsync()).Waiting);

        failing = false;
        await WaitForAsync(async () =>
        {
            _world.Time.Advance(TimeSpan.FromSeconds(5));
            return (await _world.Channel.GetHealthAsync()).Waiting == 0;
        });
        Assert.Equal(["ops: a-fired"], _world.Notifier.Sent);
    }

    [Fact]
    public async Task Channel_Disabled_WaitsUntilItIsEnabled()
    {
        _world.Settings.Set(ChannelWorld.Definition("ops") with { Enabled = false });
        await _world.PutAsync(Notices.Of("a"));
        Assert.Equal(1, (await _world.Channel.GetHealthAsync()).Waiting);
        Assert.Empty(_world.Notifier.Sent);

        _world.Settings.Set(ChannelWorld.Definition("ops"));
        await _world.Channel.WakeAsync();
        await _world.Notifier.Log.UntilAsync("ops: a-fired");
    }

    [Fact]
    public async Task Channel_Deleted_DropsWhatWaits()
    {
        _world.Settings.Set();
        await _world.PutAsync([.. Enumerable.Range(0, 1_500).Select(i => Notices.Of($"{i:0000}", i))]);
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Empty(_world.Notifier.Sent);
        Assert.Equal((NotificationStatus.Dropped, 0), await StatusAsync("0000-fired"));
        await WaitForAsync(async () => (await _world.Channel.GetHealthAsync()).Dropped == 1_500);
    }

    [Fact]
    public async Task Outbox_AboveItsBound_DropsTheOldestAndCountsThem()
    {
        _world.Settings.Set(ChannelWorld.Definition("ops") with { Enabled = false });
        await _world.PutAsync([.. Enumerable.Range(0, Channel.MaxWaiting + 3).Select(i => Notices.Of($"{i:00000}", i))]);
        await _world.UntilAsync(health => health.Dropped == 3);

        Assert.Equal(Channel.MaxWaiting, (await _world.Channel.GetHealthAsync()).Waiting);
        Assert.Equal((NotificationStatus.Dropped, 0), await StatusAsync("00002-fired"));
        Assert.Equal((NotificationStatus.Waiting, 0), await StatusAsync("00003-fired"));
    }

    [Fact]
    public async Task Wake_FromSettingsThatWaitForIt_LocksNothingUp()
    {
        await _world.PutAsync(Notices.Of("a"));
        await _world.Store.SaveAsync("acme", [], [Notices.Of("b", 1)], default);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            _world.Host.Host.Grains.Get<IAlertSettings>("acme").SetChannelAsync(ChannelWorld.Definition("ops"), null)));
        await _world.UntilAsync(health => health.Waiting == 0);

        Assert.Equal(2, _world.Notifier.Sent.SelectMany(sent => sent.Split(' ').Skip(1)).Count());
    }

    [Fact]
    public async Task Send_ChannelWithSecrets_FillsThemInAndMasksThem()
    {
        await _world.Host.Host.Grains.Get<ISecrets>("acme").SetAsync("token", "t0p&secret");
        _world.Settings.Set(ChannelWorld.Definition("ops") with
        {
            Url = "http://receiver/?key=${secret:token}", Headers = new() { ["Authorization"] = "Bearer ${secret:token}" },
        });
        _world.Notifier.Answer = (channel, _) =>
            Task.FromResult(new DeliveryResult(true, $"went to {channel.Url} and {Uri.EscapeDataString(channel.Url!)}"));
        await _world.PutAsync(Notices.Of("a"));
        await _world.UntilAsync(health => health.Waiting == 0);

        var used = Assert.Single(_world.Notifier.Channels);
        Assert.Equal(("http://receiver/?key=t0p&secret", "Bearer t0p&secret"), (used.Url, used.Headers["Authorization"]));
        Assert.Equal("went to http://receiver/?key=*** and http%3A%2F%2Freceiver%2F%3Fkey%3D***", (await _world.ReadAsync("a-fired")).Result);
    }

    [Fact]
    public async Task Send_SecretIsMissing_SaysWhichAndTriesAgain()
    {
        _world.Settings.Set(ChannelWorld.Definition("ops") with { Url = "http://receiver/${secret:hook}" });
        await _world.PutAsync(Notices.Of("a"));
        await _world.UntilAsync(health => health.Failures == 1);
        Assert.Equal(
            "secret 'hook' is not there: set it with PUT /api/v1/secrets/hook", (await _world.Channel.GetHealthAsync()).LastResult);
        Assert.Empty(_world.Notifier.Sent);

        await _world.Host.Host.Grains.Get<ISecrets>("acme").SetAsync("hook", "x");
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _world.Notifier.Log.UntilAsync("ops: a-fired");
    }

    private static async Task WaitForAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Testing.TestTimeouts.Default);
        while (!await isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<(NotificationStatus Status, int Attempts)> StatusAsync(string id)
    {
        var notification = await _world.ReadAsync(id);
        return (notification.Status, notification.Attempts);
    }
}
