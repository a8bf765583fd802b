namespace Outrider.Grains.Runtime;

/// <summary>One item of a feed with its number. A subscriber that sees a gap in the numbers reads what is missing from the store.</summary>
public sealed record FeedItem<T>(long Number, T Value);
