namespace Outrider.Storage.Metrics;

/// <summary>Anything may be on its way: slower to read, and always right.</summary>
internal sealed class WorkNotKnown : IAgentWork
{
    public static WorkNotKnown Instance { get; } = new();

    public bool IsDayPending(int day) => true;

    public FoldedWindows FindFolded() => FoldedWindows.NotKnown;
}
