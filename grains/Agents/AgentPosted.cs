using Outrider.Grains.Metrics;
using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>The answer to an agent that posts.</summary>
/// <param name="Config">What it shall keep to now.</param>
/// <param name="Stored">What became of its batch; null: it had none.</param>
public sealed record AgentPosted(LinkConfig Config, MetricAppend? Stored);
