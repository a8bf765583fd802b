namespace Outrider.Grains.Metrics;

/// <summary>
/// An item of the feed <see cref="Feed"/>, whose key is the agent's own: a batch was stored. Numbers rise by one a batch of the agent, also
/// across restarts; whoever misses one reads the store.
/// </summary>
/// <param name="Batch">As it came (docs/formats/metric-batch.md).</param>
public sealed record MetricReport(byte[] Batch)
{
    public const string Feed = "metrics";
}
