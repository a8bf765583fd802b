using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics;

/// <summary>A series of one agent.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Series">Metric and labels.</param>
/// <param name="Id">The store's own number for it; opaque.</param>
public sealed record StoredSeries(string Agent, Series Series, long Id);
