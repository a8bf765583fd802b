using System.Globalization;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Reads pages of notifications.</summary>
internal static class NotificationReads
{
    private const char Between = ',';

    /// <param name="after">A page's <see cref="NotificationPage.Next"/>; null: from the newest.</param>
    public static async Task<Outcome<NotificationPage>> PageAsync(
        IAlertStore store, string tenant, string? channel, string? alert, string? after, int limit, CancellationToken cancellation)
    {
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        if (after is not null && Read(after) is null)
            return TenantRules.Invalid("after must be the 'next' of the page before.");
        var read = await store.ListNotificationsAsync(tenant, channel, alert, after is null ? null : Read(after), limit, cancellation);
        return new NotificationPage([.. read.Select(NotificationView.Of)], read.Count == limit ? Write(read[^1]) : null);
    }

    private static string Write(Notification last) => string.Join(Between, last.At.UtcTicks.ToString(CultureInfo.InvariantCulture), last.Channel, last.Id);

    private static NotificationCursor? Read(string text) =>
        text.Split(Between) is [var at, var channel, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new NotificationCursor(new DateTimeOffset(ticks, TimeSpan.Zero), channel, id)
            : null;
}
