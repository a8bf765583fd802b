namespace Outrider.Silo.Orleans.Feeds;

/// <summary>One item on its way to the subscribers of (feed, key).</summary>
/// <param name="Item">The value in Orleans' own serialization.</param>
[GenerateSerializer, Immutable]
public sealed record FeedDelivery([property: Id(0)] string Feed, [property: Id(1)] string Key, [property: Id(2)] long Number, [property: Id(3)] byte[] Item);
