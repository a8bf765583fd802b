namespace Outrider.Protocol.Link;

/// <summary>What an agent shall measure. What isn't there is as the agent has it by itself; its own policy may narrow all of it.</summary>
/// <param name="Revision">Names this state of the configuration; the agent tells which one it has.</param>
/// <param name="Collectors">By name; null or absent: as they are.</param>
/// <param name="ProcessTop">1 to 50: how many processes by CPU, and how many by memory.</param>
public sealed record MetricsConfig(long Revision, List<CollectorConfig>? Collectors = null, int? ProcessTop = null);
