namespace Outrider.Silo.Orleans.Feeds;

/// <summary>One subscriber in this process.</summary>
internal abstract class Subscription(string feed, string key)
{
    public string Feed => feed;

    public string Key => key;

    /// <summary>Takes an item in; never waits.</summary>
    public abstract void Offer(FeedDelivery delivery);
}
