namespace Outrider.Storage.Metrics;

/// <summary>What of an agent's samples is still on its way through journal and chunks: where a reader has to look.</summary>
internal interface IAgentWork
{
    /// <summary>Whether the roll-ups of the day are still to be made, all or anew.</summary>
    bool IsDayPending(int day);

    /// <summary>Which windows have folded chunks.</summary>
    FoldedWindows FindFolded();
}
