namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>The values of <see cref="EvidenceItem.Status"/>.</summary>
public static class EvidenceStatuses
{
    public const string Ok = "ok";
    public const string Failed = "failed";
    public const string Incomplete = "incomplete";
    public const string Skipped = "skipped";
}
