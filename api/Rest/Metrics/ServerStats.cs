using Outrider.Api.Operations.Metrics;

namespace Outrider.Api.Rest.Metrics;

/// <summary>The main metrics of an agent in the words of older designs.</summary>
public sealed record ServerStats(string ServerName, MetricRange Cpu, MetricRange Memory, MetricRange Disk);
