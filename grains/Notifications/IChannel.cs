using Outrider.Grains.Runtime;

namespace Outrider.Grains.Notifications;

/// <summary>The outbox of one channel of one tenant: sends what waits in the store, in order. Key: <c>tenant/channel</c>.</summary>
public interface IChannel : IGrain
{
    /// <summary>There is something in the store to send, or there may be. Returns at once.</summary>
    [Idempotent]
    Task WakeAsync();

    /// <summary>What became of a message that <see cref="IChannelSender"/> was given.</summary>
    /// <param name="attempt">Names the attempt, as given with it.</param>
    [Idempotent]
    Task SettleAsync(string attempt, DeliveryResult result);

    /// <summary>How it is doing.</summary>
    [Idempotent]
    Task<ChannelHealth> GetHealthAsync();
}
