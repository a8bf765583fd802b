namespace Outrider.Grains.Notifications;

/// <summary>How a channel is doing.</summary>
/// <param name="Waiting">Notifications that wait to be sent.</param>
/// <param name="LastDeliveredAt">When something was delivered last; null: not since the centre started.</param>
/// <param name="LastAttemptAt">When something was tried last.</param>
/// <param name="LastResult">What came of the last try; null before the first.</param>
/// <param name="Failures">Tries that failed since one succeeded.</param>
/// <param name="Dropped">Notifications dropped since the centre started, because too many waited.</param>
public sealed record ChannelHealth(
    int Waiting, DateTimeOffset? LastDeliveredAt, DateTimeOffset? LastAttemptAt, string? LastResult, int Failures, long Dropped);
