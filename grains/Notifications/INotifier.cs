namespace Outrider.Grains.Notifications;

/// <summary>Sends messages to the world outside. Never throws but for a cancellation: what goes wrong is a result.</summary>
public interface INotifier
{
    /// <summary>How long a receiver has for one message.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Sends what is told of one or more alerts as one message, once; gives up after <see cref="Limit"/>.</summary>
    /// <param name="tenant">Whose channel it is.</param>
    /// <param name="channel">With its secrets filled in.</param>
    /// <param name="message">What is said.</param>
    ValueTask<DeliveryResult> SendAsync(string tenant, ChannelDefinition channel, Message message, CancellationToken cancellation);
}
