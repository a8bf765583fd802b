namespace Outrider.Protocol.Files;

/// <summary>The blocks of a file: all but the last have <see cref="Bytes"/>, and each carries its CRC-32C (4 bytes, little-endian) before its bytes.</summary>
public static class FileBlocks
{
    /// <summary>Bytes of the file in a block.</summary>
    public const int Bytes = 60 * 1024;

    /// <summary>Bytes before them.</summary>
    public const int HeaderBytes = sizeof(uint);

    /// <summary>Most blocks under way without being told that they were taken.</summary>
    public const int Window = 256;

    /// <summary>Who receives says how far it is at least once in so many blocks.</summary>
    public const int StateEvery = 32;

    /// <summary>Bytes of the file in this block of it.</summary>
    public static int LengthOf(long size, uint number) => (int)Math.Clamp(size - (long)number * Bytes, 0, Bytes);

    /// <summary>How many blocks a file has; one even when it is empty.</summary>
    public static uint Count(long size) => (uint)Math.Max(1, (size + Bytes - 1) / Bytes);
}
