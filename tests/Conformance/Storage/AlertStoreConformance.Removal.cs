using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class AlertStoreConformance
{
    [Fact]
    public async Task DeleteBefore_OfAllTenants_KeepsWhatFiresWaitsOrIsYoung()
    {
        var limit = At.AddDays(90);
        foreach (var tenant in new[] { Tenant, "other" })
        {
            await Store.SaveAsync(
                tenant,
                [
                    Firing("firing"), Resolved("old", At, limit.AddTicks(-1)), Resolved("young", At, limit), Resolved("new", limit, limit.AddDays(1)),
                ],
                [
                    Told(Firing("waiting")), Told(Firing("sent")) with { Status = NotificationStatus.Sent },
                    Told(Firing("failed")) with { Status = NotificationStatus.Failed, At = limit.AddTicks(-1) },
                    Told(Firing("dropped")) with { Status = NotificationStatus.Dropped },
                    Told(Firing("young")) with { Status = NotificationStatus.Sent, At = limit },
                ],
                default);
        }

        Assert.Equal(8, await Store.DeleteBeforeAsync(limit, default));
        Assert.Equal(0, await Store.DeleteBeforeAsync(limit, default));
        foreach (var tenant in new[] { Tenant, "other" })
        {
            Assert.Equal(
                ["new", "firing", "young"], (await Store.ListAsync(tenant, new AlertQuery(), null, 10, default)).Select(alert => alert.Id));
            Assert.Equal(
                ["young-fired", "waiting-fired"],
                (await Store.ListNotificationsAsync(tenant, null, null, null, 10, default)).Select(one => one.Id));
        }
    }

    [Fact]
    public async Task DeleteBefore_MoreThanAPage_RemovesAll()
    {
        var alerts = Enumerable.Range(0, 2_500).Select(i => Resolved($"{i}", At, At.AddSeconds(i / 2))).ToList();
        await SaveAsync([.. alerts, Firing("firing")], [.. alerts.Select(alert => Told(alert) with { Status = NotificationStatus.Sent })]);

        Assert.Equal(5_000, await Store.DeleteBeforeAsync(At.AddDays(1), default));
        Assert.Equal("firing", Assert.Single(await ListAsync()).Id);
        Assert.Empty(await NotificationsAsync());
    }

    [Fact]
    public async Task DeleteTenant_RemovesAllOfItAndNothingElse()
    {
        var alerts = Enumerable.Range(0, 1_500).Select(i => Firing($"{i}")).ToList();
        await SaveAsync([.. alerts, Resolved("old", At, At)], [.. alerts.Select(alert => Told(alert))]);
        await Store.SaveAsync("other", [Firing("a")], [Told(Firing("a"))], default);
        await Store.DeleteTenantAsync(Tenant, default);

        Assert.Empty(await ListAsync());
        Assert.Empty(await NotificationsAsync());
        Assert.Equal(0, await Store.CountOutboxAsync(Tenant, "ops", default));
        Assert.Single(await Store.ListAsync("other", new AlertQuery(), null, 10, default));
        Assert.Equal(1, await Store.CountOutboxAsync("other", "ops", default));
    }
}
