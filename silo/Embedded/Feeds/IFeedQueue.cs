namespace Outrider.Silo.Embedded.Feeds;

/// <summary>A subscription, whatever the type of its items.</summary>
internal interface IFeedQueue
{
    bool IsOver { get; }

    Task DeliverNextAsync();
}
