namespace Outrider.Agent.Spool;

/// <summary>How much waits for the centre at most; past either limit the oldest is given up.</summary>
/// <param name="Bytes">On the disk.</param>
/// <param name="Age">Since a batch was made.</param>
internal sealed record SpoolLimits(long Bytes, TimeSpan Age)
{
    /// <summary>The least that may be set.</summary>
    public const long MinBytes = 1024 * 1024;

    public static SpoolLimits Default { get; } = new(1L << 30, TimeSpan.FromHours(24));

    /// <summary>A segment is closed when it has so many bytes, or has been written for <see cref="SegmentAge"/>.</summary>
    public long SegmentBytes => Math.Clamp(Bytes / 16, 64 * 1024, 1024 * 1024);

    public static TimeSpan SegmentAge => TimeSpan.FromHours(1);
}
