namespace Outrider.Agent.Tasks;

/// <summary>How far the engine is with a task.</summary>
internal enum TaskPhase
{
    /// <summary>It is being written to the journal, and the centre isn't told of it yet.</summary>
    Accepting,

    /// <summary>It waits.</summary>
    Pending,

    /// <summary>It runs, or is about to.</summary>
    Running,

    /// <summary>It waits or runs no more; how it ended is being written to the journal.</summary>
    Ending,

    /// <summary>How it ended stands in the journal.</summary>
    Ended,
}
