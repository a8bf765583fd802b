using Outrider.Grains.Notifications;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class AlertStoreConformance
{
    [Theory]
    [InlineData(NotificationStatus.Waiting)]
    [InlineData(NotificationStatus.Sent)]
    [InlineData(NotificationStatus.Failed)]
    [InlineData(NotificationStatus.Dropped)]
    public async Task Save_KnownNotification_IsPassedOver(NotificationStatus status)
    {
        var told = Told(Firing("a"));
        await SaveAsync([], told);
        var settled = told with { Status = status, Attempts = 3, Result = "as it is" };
        await Store.UpdateAsync(Tenant, [settled], default);
        await SaveAsync([Firing("a")], told with { At = At.AddDays(1), Alert = Firing("b"), Result = "new" }, told with { Channel = "other" });

        Assert.Equivalent(settled, Assert.Single(await Store.ListNotificationsAsync(Tenant, "ops", null, null, 10, default)), strict: true);
        Assert.Equal(1, await Store.CountOutboxAsync(Tenant, "other", default));
        Assert.NotNull(await Store.ReadAsync(Tenant, "a", default));
    }

    [Fact]
    public async Task ReadOutbox_ByTimeThenKindThenId_WaitingOnesOfTheChannel()
    {
        var (a, b) = (Firing("a"), Firing("b"));
        await SaveAsync(
            [],
            Told(b, NotificationKind.Resolved), Told(a, NotificationKind.Resolved), Told(b, NotificationKind.Repeated, 2),
            Told(a, NotificationKind.Repeated, 1), Told(b), Told(a), Told(Firing("early")) with { At = At.AddTicks(-1) },
            Told(Firing("sent")) with { Status = NotificationStatus.Sent }, Told(a) with { Channel = "other" });

        string[] order =
        [
            "early-fired", "a-fired", "b-fired", "a-repeated-1", "b-repeated-2", "a-resolved", "b-resolved",
        ];
        Assert.Equal(order, (await Store.ReadOutboxAsync(Tenant, "ops", 10, default)).Select(one => one.Id));
        Assert.Equal(order[..3], (await Store.ReadOutboxAsync(Tenant, "ops", 3, default)).Select(one => one.Id));
        Assert.Equal(7, await Store.CountOutboxAsync(Tenant, "ops", default));
        Assert.Empty(await Store.ReadOutboxAsync(Tenant, "none", 10, default));
        Assert.Equal(0, await Store.CountOutboxAsync(Tenant, "none", default));
    }

    [Fact]
    public async Task Update_ReplacesWhatBecameOfIt_AndNothingElse()
    {
        var told = Told(Full("a"));
        await SaveAsync([], told, Told(Firing("b")), told with { Channel = "other" });
        var sent = told with
        {
            Status = NotificationStatus.Sent, Attempts = 4, LastAttemptAt = At.AddSeconds(1), DeliveredAt = At.AddSeconds(2), Result = "收到",
        };
        await Store.UpdateAsync(Tenant, [sent with { At = At.AddDays(1), Kind = NotificationKind.Resolved, Alert = Firing("b") }], default);

        Assert.Equivalent(sent, Assert.Single(await Store.ListNotificationsAsync(Tenant, "ops", "a", null, 10, default)), strict: true);
        Assert.Equal("b-fired", Assert.Single(await Store.ReadOutboxAsync(Tenant, "ops", 10, default)).Id);
        Assert.Equal(1, await Store.CountOutboxAsync(Tenant, "other", default));

        await Store.UpdateAsync(Tenant, [told], default);
        Assert.Equivalent(told, (await Store.ReadOutboxAsync(Tenant, "ops", 10, default))[0], strict: true);
    }

    [Fact]
    public async Task Update_UnknownOne_AddsNothing()
    {
        await Store.UpdateAsync(Tenant, [Told(Firing("a")) with { Status = NotificationStatus.Sent }], default);

        Assert.Empty(await NotificationsAsync());
    }

    [Fact]
    public async Task ListNotifications_NewestFirst_ByChannelAlertAndTime()
    {
        await SaveAsync(
            [],
            Told(Firing("a")), Told(Firing("b")) with { At = At.AddMinutes(1) }, Told(Firing("a")) with { Channel = "other", At = At.AddMinutes(2) },
            Told(Firing("a"), NotificationKind.Resolved) with { At = At.AddMinutes(3), Status = NotificationStatus.Failed });

        Assert.Equal(["ops a-resolved", "other a-fired", "ops b-fired", "ops a-fired"], await NamesAsync(null, null));
        Assert.Equal(["ops a-resolved", "ops b-fired", "ops a-fired"], await NamesAsync("ops", null));
        Assert.Equal(["ops a-resolved", "other a-fired", "ops a-fired"], await NamesAsync(null, "a"));
        Assert.Equal(["ops a-resolved", "ops a-fired"], await NamesAsync("ops", "a"));
        Assert.Equal(["other a-fired", "ops b-fired"], await NamesAsync(null, null, new(At.AddMinutes(3), "ops", "a-resolved"), 2));
        Assert.Empty(await NamesAsync("none", null));

        async Task<IEnumerable<string>> NamesAsync(string? channel, string? alert, NotificationCursor? after = null, int limit = 10) =>
            (await Store.ListNotificationsAsync(Tenant, channel, alert, after, limit, default)).Select(one => $"{one.Channel} {one.Id}");
    }

    [Fact]
    public async Task ListNotifications_PageByPage_NewestFirst_WithoutGapOrRepeat()
    {
        // Of each time nine, in three channels, saved in no order, so that pages of five end in the midst of them.
        var all = Enumerable.Range(0, 45).Select(i => i * 17 % 45)
            .Select(i => Told(Firing($"{i % 3}")) with { Channel = $"c{i / 3 % 3}", At = At.AddTicks(i / 9) }).ToList();
        all = [.. all.Select(told => told with { Id = $"{told.Id}-{told.At.Ticks}" })];
        await SaveAsync([], all);

        var (read, after) = (new List<Notification>(), (NotificationCursor?)null);
        while (await Store.ListNotificationsAsync(Tenant, null, null, after, 5, default) is { Count: > 0 and <= 5 } page)
        {
            read.AddRange(page);
            after = new NotificationCursor(page[^1].At, page[^1].Channel, page[^1].Id);
        }
        var expected = all.OrderByDescending(told => told.At).ThenBy(told => told.Channel).ThenBy(told => told.Id);
        Assert.Equal(expected.Select(told => (told.Channel, told.Id)), read.Select(told => (told.Channel, told.Id)));
    }
}
