namespace Outrider.Agent.Spool;

/// <summary>A batch that waits for the centre.</summary>
internal sealed class SpoolEntry(string boot, ulong seq, long time, SpoolSegment? segment, int offset, int length)
{
    public string Boot => boot;

    public ulong Seq => seq;

    /// <summary>When it was spooled, milliseconds since 1970-01-01 UTC.</summary>
    public long Time => time;

    /// <summary>Where it lies; null: only in memory, as the disk was full.</summary>
    public SpoolSegment? Segment => segment;

    /// <summary>Of its record in the segment.</summary>
    public int Offset => offset;

    /// <summary>Of its record.</summary>
    public int Length => length;

    /// <summary>Its bytes while they are in memory anyway; else they are read.</summary>
    public ReadOnlyMemory<byte>? Held { get; set; }

    /// <summary>The centre has it, or it was given up.</summary>
    public bool Done { get; set; }
}
