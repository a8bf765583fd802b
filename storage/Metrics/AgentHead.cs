namespace Outrider.Storage.Metrics;

/// <summary>How far an agent is in a shared database, at one moment.</summary>
/// <param name="Agent">Its number.</param>
/// <param name="Version">Of its row.</param>
/// <param name="Folded">Its journal was folded through this version.</param>
/// <param name="WaitingFrom">The time of the earliest sample in the journal.</param>
/// <param name="Days">Days with samples in chunks that are still to be rolled up, all or anew.</param>
public sealed record AgentHead(int Agent, long Version, long Folded, long WaitingFrom, HashSet<int> Days) : IAgentWork
{
    bool IAgentWork.IsDayPending(int day) => Days.Contains(day) || WaitingFrom < (day + 1) * ChunkSpans.Day;

    // Another process may be moving them.
    FoldedWindows IAgentWork.FindFolded() => FoldedWindows.NotKnown;
}
