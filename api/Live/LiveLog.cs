using Microsoft.Extensions.Logging;

namespace Outrider.Api.Live;

/// <summary>What the live feed logs. Never a key.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(4000, LogLevel.Warning, "Viewers can't look at agent {GrainKey} just now: {Reason}")]
    public static partial void AgentUnseen(this ILogger log, string grainKey, string reason);

    [LoggerMessage(4001, LogLevel.Warning, "A viewer of tenant {TenantId} could not be proven again: {Reason}")]
    public static partial void Unproven(this ILogger log, string tenantId, string reason);

    [LoggerMessage(4002, LogLevel.Error, "A viewer of tenant {TenantId} failed unexpectedly")]
    public static partial void ViewerFailed(this ILogger log, string tenantId, Exception exception);

    [LoggerMessage(4003, LogLevel.Warning, "Viewers can't look at the alerts of tenant {TenantId} just now: {Reason}")]
    public static partial void AlertsUnseen(this ILogger log, string tenantId, string reason);
}
