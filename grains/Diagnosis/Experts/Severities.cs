namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>The values of <see cref="Finding.Severity"/>.</summary>
public static class Severities
{
    public const string Critical = "critical";
    public const string Warning = "warning";
    public const string Info = "info";
}
