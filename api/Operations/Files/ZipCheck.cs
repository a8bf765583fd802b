using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Files;

/// <summary>
/// Whether a ZIP archive may be unpacked without harm: reads its directory, which .NET's own reader would load whole however large it is, and
/// unpacks each entry to count what really comes out.
/// </summary>
public static class ZipCheck
{
    /// <summary>Most entries.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>Most bytes of everything in it.</summary>
    public const long MaxUnpacked = 512L * 1024 * 1024;

    /// <summary>What unpacks to more than <see cref="SmallUnpacked"/> may become so many times larger.</summary>
    public const int MaxRatio = 100;

    public const long SmallUnpacked = 10L * 1024 * 1024;

    private const int MaxDirectory = 4 * 1024 * 1024;
    private const int EndBytes = 22;
    private const int LocalBytes = 30;
    private const uint EndSignature = 0x0605_4B50;
    private const uint LocalSignature = 0x0403_4B50;

    /// <summary>Null: it may. <c>file_invalid</c> with the reason.</summary>
    public static async Task<Problem?> RunAsync(IFileUpload archive, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(archive, cancellation) is { } fault
                ? new Problem(ProblemCodes.FileInvalid, $"The archive is refused: {fault}. As an artefact (kind=artefact) it is kept unopened.")
                : null;
        }
        catch (InvalidDataException)
        {
            return new Problem(ProblemCodes.FileInvalid, "The archive is refused: an entry of it is damaged. Make it anew.");
        }
    }

    private static async Task<string?> FindAsync(IFileUpload archive, CancellationToken cancellation)
    {
        var tail = new byte[(int)Math.Min(archive.Length, EndBytes + ushort.MaxValue)];
        await ReadAsync(archive, archive.Length - tail.Length, tail, cancellation);
        if (FindEnd(tail) is not { } end)
            return "it is no ZIP archive, or it is cut off";
        var (count, bytes, offset) = (Short(tail, end + 10), Word(tail, end + 12), Word(tail, end + 16));
        if (Word(tail, end + 4) != 0 || Short(tail, end + 8) != count)
            return "it is a part of several";
        if (count > MaxEntries || bytes > MaxDirectory)
            return $"it has more than {MaxEntries} entries, or long names";
        if (offset + (long)bytes != archive.Length - tail.Length + end)
            return "its directory is not where its end says";
        var directory = new byte[bytes];
        await ReadAsync(archive, offset, directory, cancellation);
        if (ReadDirectory(directory, count) is not { } entries)
            return "its directory can't be read";
        return entries.Select(entry => entry.Fault()).FirstOrDefault(fault => fault is not null)
            ?? Bomb(entries.Sum(entry => (long)entry.Size), archive.Length)
            ?? await UnpackAsync(archive, entries, offset, cancellation);
    }

    /// <summary>Where the end record begins: its comment reaches to the end of the file.</summary>
    private static int? FindEnd(byte[] tail)
    {
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (Word(tail, at) == EndSignature && at + EndBytes + Short(tail, at + 20) == tail.Length)
                return at;
        }
        return null;
    }

    private static List<ZipEntry>? ReadDirectory(ReadOnlySpan<byte> directory, int count)
    {
        var entries = new List<ZipEntry>(Math.Min(count, directory.Length / ZipEntry.FixedBytes));
        while (!directory.IsEmpty)
        {
            if (ZipEntry.Read(ref directory) is not { } entry || entries.Count == count)
                return null;
            entries.Add(entry);
        }
        return entries.Count == count ? entries : null;
    }

    private static string? Bomb(long unpacked, long packed) =>
        unpacked > MaxUnpacked ? $"it unpacks to more than {MaxUnpacked} bytes"
        : unpacked > SmallUnpacked && unpacked / MaxRatio > packed ? $"it unpacks to more than {MaxRatio} times its size"
        : null;

    /// <summary>Entries one behind the other, none within another, each as long as it says.</summary>
    private static async Task<string?> UnpackAsync(IFileUpload archive, List<ZipEntry> entries, long end, CancellationToken cancellation)
    {
        long free = 0;
        var header = new byte[LocalBytes + ushort.MaxValue];
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            var length = LocalBytes + entry.Name.Length;
            if (entry.Offset < free || entry.Offset + (long)length > end)
                return "its entries overlap";
            await ReadAsync(archive, entry.Offset, header.AsMemory(0, length), cancellation);
            if (Word(header, 0) != LocalSignature || Short(header, 6) != entry.Flags || Short(header, 8) != entry.Method
                || Short(header, 26) != entry.Name.Length || !header.AsSpan(LocalBytes, entry.Name.Length).SequenceEqual(entry.Name))
            {
                return "its directory says something else of an entry than the entry itself";
            }
            var content = entry.Offset + (long)length + Short(header, 28);
            free = content + entry.Packed;
            if (free > end)
                return "its entries overlap";
            if (await CountAsync(archive, content, entry, cancellation) != entry.Size)
                return "an entry is not as long as it says";
        }
        return null;
    }

    /// <summary>Bytes that come out of an entry; one more than it says when there are more.</summary>
    private static async Task<long> CountAsync(IFileUpload archive, long content, ZipEntry entry, CancellationToken cancellation)
    {
        if (entry.Method == 0)
            return entry.Packed;
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            await using var unpacked = new DeflateStream(new UploadPart(archive, content, entry.Packed), CompressionMode.Decompress);
            long count = 0;
            while (count <= entry.Size && await unpacked.ReadAsync(buffer, cancellation) is > 0 and var read)
                count += read;
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ReadAsync(IFileUpload archive, long offset, Memory<byte> to, CancellationToken cancellation)
    {
        while (!to.IsEmpty)
        {
            var read = await archive.ReadAsync(offset, to, cancellation);
            if (read == 0)
                throw new InvalidDataException("The archive ends too early.");
            (offset, to) = (offset + read, to[read..]);
        }
    }

    private static ushort Short(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16LittleEndian(from[at..]);

    private static uint Word(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt32LittleEndian(from[at..]);
}
