namespace Outrider.Agent.Tasks;

/// <summary>Why a running task was told to stop.</summary>
internal enum StopReason
{
    /// <summary>It wasn't.</summary>
    None,

    /// <summary>The centre asked for it.</summary>
    Canceled,

    /// <summary>Its time was up.</summary>
    TimedOut,

    /// <summary>The agent stops.</summary>
    AgentStops,
}
