using Orleans.Concurrency;

namespace Outrider.Silo.Orleans.Feeds;

/// <summary>Where a process takes in the items of all feeds that something in it has subscribed to.</summary>
public interface IFeedPost : IGrainObserver
{
    /// <summary>One way: a process that is gone holds nobody up. In order of sending.</summary>
    [OneWay]
    Task DeliverAsync(FeedDelivery delivery);
}
