namespace Outrider.MySql.Server;

/// <summary>What became of a KILL.</summary>
public enum KillOutcome
{
    /// <summary>Done, though perhaps nothing was running.</summary>
    Done,

    /// <summary>No such session.</summary>
    Unknown,

    /// <summary>Another user's session.</summary>
    NotOwner,
}
