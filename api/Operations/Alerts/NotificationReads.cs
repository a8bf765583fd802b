using Outrider.Grains.Alerts;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Reads pages of notifications.</summary>
internal static class NotificationReads
{
    public static async Task<Outcome<NotificationPage>> PageAsync(
        IAlertStore store, string tenant, string? channel, string? alert, DateTimeOffset? before, int limit, CancellationToken cancellation)
    {
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        var read = await store.ListNotificationsAsync(tenant, channel, alert, before, limit, cancellation);
        return new NotificationPage([.. read.Select(NotificationView.Of)], read.Count == limit ? read[^1].At : null);
    }
}
