using System.Collections.Concurrent;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Grains.Alerts;

/// <summary>An hour in which the centre is killed fifty times: whatever had to be told is told, and nothing else.</summary>
public sealed class AlertCrashTests : IAsyncLifetime
{
    private const int Agents = 4;
    private const int Ticks = 360;
    private const int Kills = 50;
    private const int HoldTicks = 3;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Notification> _told = new();
    private AlertWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await AlertWorld.StartAsync(new Recorder(_told));
        await _world.AddChannelAsync("ops", channel => channel with { Default = false });
        await _world.AddRuleAsync(rule => rule with { DurationSeconds = HoldTicks * 10, Channels = ["ops"], RepeatMinutes = 10_000 });
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Centre_KilledFiftyTimesInAnHour_TellsEveryAlertAndNoWrongOne(int seed)
    {
        var random = new Random(seed);
        var names = Enumerable.Range(0, Agents).Select(i => $"agent-{i}").ToList();
        foreach (var name in names)
            await _world.EnrolAsync(name);
        var loads = names.ToDictionary(name => name, _ => Load(random));
        var kills = Enumerable.Range(0, Kills).Select(_ => random.Next(10, Ticks)).ToHashSet();
        var begin = _world.Time.GetUtcNow();
        var waiting = names.ToDictionary(name => name, _ => new Queue<MetricBatch>());
        for (var tick = 1; tick <= Ticks + 30; tick++)
        {
            _world.Time.Advance(s_tick);
            var time = _world.Time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var name in names)
                waiting[name].Enqueue(new MetricBatch("b", (ulong)tick, [new SeriesSamples(new Series("load"), [new Sample(time, tick <= Ticks ? loads[name][tick] : 0)])]));
            // In the middle of what goes on, however far that is.
            var sending = names.Select(name => SendAsync(name, waiting[name])).ToList();
            if (kills.Contains(tick))
            {
                for (var i = random.Next(400); i > 0; i--)
                    await Task.Yield();
                _world.Host.Host.Abandon();
                await Task.WhenAll(sending);
                await _world.Host.StartAsync();
            }
            else
            {
                await Task.WhenAll(sending);
            }
        }
        var expected = names.SelectMany(name => Episodes(loads[name]).Select(one => (name, begin + one.Start * s_tick, begin + one.End * s_tick))).Order().ToList();
        await AlertWorld.UntilAsync(async () =>
        {
            if (Pairs(NotificationKind.Resolved).Count < expected.Count)
                _world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            return Pairs(NotificationKind.Resolved).Count >= expected.Count;
        });
        Assert.Equal(expected.Select(one => (one.name, one.Item2)), Pairs(NotificationKind.Fired).Select(one => (one.Agent, one.Start)));
        Assert.Equal(expected, Pairs(NotificationKind.Resolved).Select(one => (one.Agent, one.Start, one.End)));
        Assert.True(expected.Count > Agents * 5, $"{expected.Count}");
        Assert.True(_told.All(one => one.Kind != NotificationKind.Repeated));
    }

    /// <summary>What was told, each alert once: agent, since when, until when.</summary>
    private List<(string Agent, DateTimeOffset Start, DateTimeOffset End)> Pairs(NotificationKind kind) =>
        [.. _told.Where(one => one.Kind == kind).Select(one => (one.Alert.Agent, one.Alert.StartedAt, one.Alert.ResolvedAt ?? default)).Distinct().Order()];

    /// <summary>Posts what waits, the oldest first; what could not be posted waits on, as in an agent's spool.</summary>
    private async Task SendAsync(string agent, Queue<MetricBatch> waiting)
    {
        while (waiting.TryPeek(out var batch))
        {
            try
            {
                if (!(await _world.PostAsync(agent, batch)).Ok)
                    return;
            }
            catch (Exception e) when (e is UnavailableException or StateConflictException or TimeoutException or InvalidOperationException)
            {
                // A write that the killed host had begun may still have come to pass: then the new one reads again.
                return;
            }
            waiting.Dequeue();
        }
    }

    /// <summary>Low and high by turns, for one tick to four minutes each.</summary>
    private static double[] Load(Random random)
    {
        var load = new double[Ticks + 1];
        var high = false;
        for (var tick = 1; tick <= Ticks; high = !high)
        {
            for (var left = random.Next(1, 25); left > 0 && tick <= Ticks; left--)
                load[tick++] = high ? 90 : 10;
        }
        return load;
    }

    /// <summary>The stretches that are high for long enough, counted by hand: the tick they begin with, and the one after their last.</summary>
    private static IEnumerable<(int Start, int End)> Episodes(double[] load)
    {
        for (var tick = 1; tick <= Ticks; tick++)
        {
            if (load[tick] < 80 || load[tick - 1] >= 80)
                continue;
            var end = tick;
            while (end <= Ticks && load[end] >= 80)
                end++;
            if (end - tick > HoldTicks)
                yield return (tick, end);
        }
    }

    private sealed class Recorder(ConcurrentQueue<Notification> told) : INotifier
    {
        private int _tries;

        public ValueTask<DeliveryResult> SendAsync(string tenant, ChannelDefinition channel, Message message, CancellationToken cancellation)
        {
            // Every seventh try fails, which costs a second try and not an alert.
            if (Interlocked.Increment(ref _tries) % 7 == 0)
                return ValueTask.FromResult(new DeliveryResult(false, "Not now."));
            foreach (var notification in message.Notifications)
                told.Enqueue(notification);
            return ValueTask.FromResult(new DeliveryResult(true, "Taken."));
        }
    }
}
