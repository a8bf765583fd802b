using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Feeds;

/// <summary>One item of a feed, as a turn of the grain that subscribed.</summary>
internal sealed class FeedTurn(IFeedQueue queue) : Turn
{
    internal override bool IsOver => queue.IsOver;

    internal override bool NeedsGrain => false;

    internal override Task RunAsync(object grain) => queue.DeliverNextAsync();

    internal override void Fail(Exception reason)
    {
    }

    internal override void OnDeadline()
    {
    }
}
