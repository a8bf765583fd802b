using Outrider.Grains.Runtime;

namespace Outrider.Silo.Orleans.Feeds;

/// <summary>One feed of one key: hands each item to the processes that listen. Key: feed and key, joined by '|'.</summary>
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>Listens from now on, for <see cref="FeedGrain.Lease"/>; again before that is over, to go on.</summary>
    [Idempotent]
    Task ListenAsync(IFeedPost post);

    [Idempotent]
    Task LeaveAsync(IFeedPost post);

    Task PublishAsync(FeedDelivery delivery);
}
