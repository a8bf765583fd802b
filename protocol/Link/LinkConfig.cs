namespace Outrider.Protocol.Link;

/// <summary>Centre to agent: the intervals it shall keep from now on, and what it shall measure.</summary>
/// <param name="HeartbeatSeconds">1 to 300: a heartbeat when nothing else was sent for this long.</param>
/// <param name="ReportSeconds">1 to 300: how often to report what it measures.</param>
/// <param name="Metrics">What to measure; null: nothing is said about it.</param>
public sealed record LinkConfig(int HeartbeatSeconds, int ReportSeconds, MetricsConfig? Metrics = null) : ILinkMessage;
