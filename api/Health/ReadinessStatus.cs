namespace Outrider.Api.Health;

/// <summary>How a part of the centre is.</summary>
public enum ReadinessStatus
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It works, but somebody should look at it.</summary>
    Warning,

    /// <summary>It doesn't work, and the centre is not ready.</summary>
    Failed,
}
