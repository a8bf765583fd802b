namespace Outrider.Grains.Runtime;

/// <summary>Why an activation ends.</summary>
public enum DeactivationReason
{
    /// <summary>Nobody called it for a while.</summary>
    Idle,

    /// <summary>It asked for it.</summary>
    Requested,

    /// <summary>Its state could not be saved, so what it holds in memory can't be trusted.</summary>
    StateConflict,

    /// <summary>The host stops.</summary>
    Shutdown,
}
