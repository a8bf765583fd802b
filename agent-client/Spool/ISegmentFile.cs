namespace Outrider.Agent.Spool;

/// <summary>The file of a segment that is being written.</summary>
internal interface ISegmentFile : IDisposable
{
    /// <summary>Writes at a position. Throws <see cref="IOException"/> when the disk is full; some of the bytes may then be there.</summary>
    void Write(ReadOnlySpan<byte> bytes, long at);

    /// <summary>Cuts off what lies behind <paramref name="length"/>.</summary>
    void Truncate(long length);

    /// <summary>Returns once what was written survives a loss of power.</summary>
    void Sync();
}
