namespace Outrider.Grains.Alerts;

/// <summary>How bad it is, the mildest first.</summary>
public enum AlertSeverity
{
    Info,
    Warning,
    Critical,
}
