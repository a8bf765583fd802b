using Outrider.Storage.Metrics;

namespace Outrider.Storage.Shared;

/// <summary>An agent's batch on its way into the metric store.</summary>
internal sealed class BatchAppend(BatchWrite batch, long started) : GroupItem(started)
{
    /// <summary>What a row takes beside its bytes, roughly.</summary>
    private const int Overhead = 200;

    public BatchWrite Batch => batch;

    /// <summary>Whether it was written: false if the agent was at another version.</summary>
    public bool Written { get; set; }

    /// <summary>Bytes.</summary>
    public override int Size => Overhead + batch.Agent.Seen.Length + (batch.Journal?.Bytes.Length ?? 0) + (batch.NewSeries?.Table.Length ?? 0)
        + (batch.Processes?.Bytes.Length ?? 0);
}
