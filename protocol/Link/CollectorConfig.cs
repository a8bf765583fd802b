namespace Outrider.Protocol.Link;

/// <summary>How a collector shall run.</summary>
/// <param name="Name">Such as <c>host</c>, <c>processes</c>, <c>containers</c>, <c>agent</c>, <c>scrape:fe1</c>; <c>scrape</c> is all endpoints.</param>
/// <param name="Enabled">False: it doesn't run.</param>
/// <param name="IntervalSeconds">1 to 300; null: its own.</param>
public sealed record CollectorConfig(string Name, bool Enabled = true, int? IntervalSeconds = null);
