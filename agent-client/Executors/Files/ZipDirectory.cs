using System.Buffers.Binary;

namespace Outrider.Agent.Executors.Files;

/// <summary>Counts a zip archive's entries before a library reads them all into memory (APPNOTE 4.3.12, 4.3.16).</summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int HeaderBytes = 46;
    private const int LongestComment = 65_535;

    /// <summary>Null: it has no more than there may be.</summary>
    public static string? Fault(Stream archive)
    {
        var tail = new byte[Math.Min(archive.Length, EndBytes + LongestComment)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndBytes)
            return "it is no zip archive, or was cut off";
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10)) > ArchiveLimits.Entries)
            return $"it has more than {ArchiveLimits.Entries} entries or is in the format zip64";
        return Count(archive, start) > ArchiveLimits.Entries ? $"it has more than {ArchiveLimits.Entries} entries" : null;
    }

    private static int Count(Stream archive, long start)
    {
        var header = new byte[HeaderBytes];
        var count = 0;
        for (archive.Position = start; count <= ArchiveLimits.Entries; count++)
        {
            if (archive.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.AsSpan().StartsWith("PK\x01\x02"u8))
                break;
            archive.Position += BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }
        return count;
    }
}
