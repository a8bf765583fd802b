namespace Outrider.Agent.Spool;

/// <summary>A file of the spool.</summary>
internal sealed class SpoolSegment(string path, long createdAt)
{
    public string Path => path;

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt => createdAt;

    public long Bytes { get; set; }

    /// <summary>Its batches, also those that are done.</summary>
    public List<SpoolEntry> Entries { get; } = [];

    /// <summary>Batches of it that still wait.</summary>
    public int Waiting { get; set; }

    /// <summary>When its newest batch was spooled.</summary>
    public long NewestAt => Entries.Count > 0 ? Entries[^1].Time : createdAt;
}
