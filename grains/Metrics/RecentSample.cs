using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics;

/// <summary>The newest sample of a series.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Series">Metric and labels.</param>
/// <param name="Sample">The sample.</param>
public readonly record struct RecentSample(string Agent, Series Series, Sample Sample);
