using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Notifications;

namespace Outrider.Tests.Pure.Notifications;

public sealed class ChannelQueueTests
{
    /// <summary>However receivers fail and recover, what is told of one alert goes in order, and everything goes in the end.</summary>
    [Fact]
    public void Next_AnyFailures_KeepsTheOrderOfEachAlertAndSendsAll()
    {
        var cases =
            from alerts in Gen.Choose(0, 5).ListOf(40)
            from outcomes in Gen.Elements(true, false, false).ListOf(200)
            select (Waiting: Notifications(alerts), Outcomes: outcomes);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var queue = new ChannelQueue();
            queue.Replace(one.Waiting);
            var (now, failures, told) = (Notices.Start, 0, new List<Notification>());
            foreach (var delivered in one.Outcomes.Concat(Enumerable.Repeat(true, one.Waiting.Count)))
            {
                var next = queue.Next(now, failures > 0, out var due);
                if (next.Count == 0)
                {
                    if (due is null)
                        break;
                    now = due.Value;
                    next = queue.Next(now, failures > 0, out _);
                }
                Assert.NotEmpty(next);
                Assert.Single(next.Select(notification => (notification.Alert.Rule, notification.Kind)).Distinct());
                queue.Settle(next.Select(notification => DeliveryPace.Settle(notification, new DeliveryResult(delivered, ""), now, now)));
                if (delivered)
                    told.AddRange(next);
                failures = delivered ? 0 : failures + 1;
                now += delivered ? TimeSpan.Zero : DeliveryPace.Pause(failures);
            }
            Assert.Equal(0, queue.Count);
            foreach (var alert in one.Waiting.GroupBy(notification => notification.Alert.Id))
                Assert.Equal(alert.Select(notification => notification.Id), told.Where(notification => notification.Alert.Id == alert.Key).Select(notification => notification.Id));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Pause_AfterFailures_GrowsToFiveMinutes() =>
        Assert.Equal([1, 5, 30, 60, 120, 240, 300, 300], Enumerable.Range(1, 8).Select(failures => (int)DeliveryPace.Pause(failures).TotalSeconds));

    /// <summary>Each alert fires, repeats and is resolved in turn.</summary>
    private static List<Notification> Notifications(IEnumerable<int> alerts)
    {
        var told = new Dictionary<int, int>();
        return [.. alerts.Select((alert, i) =>
        {
            var number = told[alert] = told.GetValueOrDefault(alert) + 1;
            var kind = number == 1 ? NotificationKind.Fired : number % 4 == 0 ? NotificationKind.Resolved : NotificationKind.Repeated;
            return Notices.Of(Notices.Disk with { Id = $"{alert}", Rule = $"rule{alert % 2}" }, kind) with { Id = $"{alert}-{number}", At = Notices.Start.AddSeconds(i) };
        })];
    }
}
