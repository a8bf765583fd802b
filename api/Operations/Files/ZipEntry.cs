using System.Buffers.Binary;
using System.Text;

namespace Outrider.Api.Operations.Files;

/// <summary>An entry of a ZIP archive's central directory (APPNOTE 4.3.12).</summary>
/// <param name="Flags">General purpose bits.</param>
/// <param name="Method">0: stored, 8: deflated.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Size">Bytes once unpacked, as the archive says.</param>
/// <param name="Attributes">The upper half is the mode where Unix made it.</param>
/// <param name="Offset">Where its local header is.</param>
/// <param name="Name">Its path.</param>
internal sealed record ZipEntry(int Flags, int Method, uint Packed, uint Size, uint Attributes, uint Offset, byte[] Name)
{
    /// <summary>Bytes of an entry without its name, extra fields and comment.</summary>
    public const int FixedBytes = 46;

    private const uint Signature = 0x0201_4B50;
    private const int Encrypted = 1 | 1 << 6 | 1 << 13;
    private const uint FileType = 0xF000_0000;
    private const uint SymbolicLink = 0xA000_0000;

    private string Path => Encoding.UTF8.GetString(Name);

    /// <summary>Reads one and moves past it. Null: there is none.</summary>
    public static ZipEntry? Read(ref ReadOnlySpan<byte> from)
    {
        if (from.Length < FixedBytes || BinaryPrimitives.ReadUInt32LittleEndian(from) != Signature)
            return null;
        int name = Short(from, 28), length = FixedBytes + name + Short(from, 30) + Short(from, 32);
        if (length > from.Length)
            return null;
        var entry = new ZipEntry(
            Short(from, 8), Short(from, 10), Word(from, 20), Word(from, 24), Word(from, 38), Word(from, 42), from.Slice(FixedBytes, name).ToArray());
        from = from[length..];
        return entry;
    }

    /// <summary>Why it must not be unpacked, whatever it holds; null: by its header it may.</summary>
    public string? Fault()
    {
        if ((Flags & Encrypted) != 0)
            return "it holds an encrypted entry, which can't be checked";
        if (Method is not (0 or 8))
            return "it holds an entry that is neither stored nor deflated";
        if (uint.MaxValue == Packed || uint.MaxValue == Size || uint.MaxValue == Offset)
            return "it is in the ZIP64 form, which a file of this size doesn't need";
        if ((Attributes & FileType) == SymbolicLink)
            return "it holds a symbolic link";
        return IsInside(Path) ? null : "the path of an entry leads out of the folder that it would be unpacked into";
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && path[0] is not ('/' or '\\') && !path.Contains(':', StringComparison.Ordinal) && !path.Any(char.IsControl)
        && !path.Contains('\uFFFD', StringComparison.Ordinal)
        && path.Split('/', '\\').All(part => part.Trim() is not ("." or ".."));

    private static ushort Short(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16LittleEndian(from[at..]);

    private static uint Word(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt32LittleEndian(from[at..]);
}
