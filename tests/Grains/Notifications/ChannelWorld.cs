using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Grains.Secrets;
using Outrider.Silo.Embedded;
using Outrider.Testing.Alerts;
using Outrider.Testing.Hosting;
using Outrider.Testing.Time;

namespace Outrider.Tests.Grains.Notifications;

/// <summary>Channels of tenant acme over a store in memory, with receivers that tests write.</summary>
internal sealed class ChannelWorld : IAsyncDisposable
{
    public TestHost Host { get; private set; } = null!;

    public FakeTime Time => Host.Time;

    public MemoryAlertStore Store { get; } = new();

    public FakeSettings.Content Settings { get; } = new();

    public FakeNotifier Notifier { get; } = new();

    public IChannel Channel => ChannelOf("ops");

    public static async Task<ChannelWorld> StartAsync()
    {
        var world = new ChannelWorld();
        world.Settings.Set(Definition("ops"));
        world.Host = await TestHost.StartAsync(new GrainRegistry()
            .Add<IAlertSettings>("alert_settings", a => new FakeSettings(a.Context, world.Settings))
            .Add<IChannel>("channel", a => new Channel(a.Context, world.Store))
            .Add<IChannelSender>("channel_sender", a => new ChannelSender(a.Context, world.Notifier, AlertMeters.None))
            .Add<ISecrets>("secrets", a => new Outrider.Grains.Secrets.Secrets(a.Context, a.State<SecretsState>(), new OpenSealer())));
        return world;
    }

    public static ChannelDefinition Definition(string name) => new() { Name = name, Type = ChannelType.Webhook, Url = "http://receiver/" };

    public IChannel ChannelOf(string name) => Host.Host.Grains.Get<IChannel>($"acme/{name}");

    /// <summary>Puts notifications into the outbox and wakes their channels.</summary>
    public async Task PutAsync(params Notification[] notifications)
    {
        await Store.SaveAsync("acme", [], notifications, default);
        foreach (var channel in notifications.Select(notification => notification.Channel).Distinct())
            await ChannelOf(channel).WakeAsync();
    }

    /// <summary>Waits until the channel says so of itself, as it does once its work beside the turns is done.</summary>
    public async Task UntilAsync(Func<ChannelHealth, bool> isSo, string channel = "ops")
    {
        using var limit = new CancellationTokenSource(Testing.TestTimeouts.Default);
        while (!isSo(await ChannelOf(channel).GetHealthAsync()))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock to the next try and waits for it.</summary>
    /// <param name="pause">Until one tick before its end, nothing is sent.</param>
    /// <param name="what">What is sent then.</param>
    /// <param name="times">How often that will have been sent.</param>
    public async Task NextAsync(TimeSpan pause, string what, int times)
    {
        Time.Advance(pause - TimeSpan.FromTicks(1));
        await Channel.GetHealthAsync();
        Assert.Equal(times - 1, Notifier.Log.Count(what));
        Time.Advance(TimeSpan.FromTicks(1));
        await Notifier.Log.UntilAsync(what, times);
    }

    public async Task<Notification> ReadAsync(string id, string channel = "ops") =>
        (await Store.ListNotificationsAsync("acme", channel, null, null, 100_000, default)).Single(one => one.Id == id);

    public async ValueTask DisposeAsync()
    {
        Notifier.Never.TrySetCanceled();
        await Host.DisposeAsync();
    }
}
