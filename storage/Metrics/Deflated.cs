using System.IO.Compression;

namespace Outrider.Storage.Metrics;

/// <summary>Bytes packed by Deflate (RFC 1951).</summary>
internal static class Deflated
{
    public static byte[] Make(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Unpacks at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such thing, or unpack to more.</exception>
    public static byte[] Open(byte[] packed, int limit)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = deflate.Read(buffer)) > 0)
        {
            if (bytes.Length + read > limit)
                throw new InvalidDataException("It unpacks to more than it may.");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
