namespace Outrider.Grains.Alerts;

/// <summary>What became of an alert.</summary>
public enum AlertState
{
    /// <summary>It is so now.</summary>
    Firing,

    /// <summary>It was so.</summary>
    Resolved,
}
