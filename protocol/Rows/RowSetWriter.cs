using System.Buffers;
using System.Text;
using Outrider.Protocol.Binary;

namespace Outrider.Protocol.Rows;

/// <summary>
/// Writes a row set (docs/formats/row-set.md): the columns once, then cells row by row. The bytes may be cut anywhere
/// and joined again, so a sender passes them on in blocks of its own size.
/// </summary>
public static class RowSetWriter
{
    /// <summary>The format's version, its first byte.</summary>
    public const byte Version = 1;

    public static void WriteHeader(IBufferWriter<byte> to, IReadOnlyCollection<RowSetColumn> columns)
    {
        to.GetSpan(1)[0] = Version;
        to.Advance(1);
        WriteLength(to, (uint)columns.Count);
        foreach (var column in columns)
        {
            WriteText(to, column.Name);
            to.GetSpan(1)[0] = (byte)column.Kind;
            to.Advance(1);
            WriteText(to, column.TypeName);
        }
    }

    public static void WriteNull(IBufferWriter<byte> to) => WriteLength(to, 0);

    public static void WriteCell(IBufferWriter<byte> to, ReadOnlySpan<byte> cell)
    {
        WriteLength(to, (uint)cell.Length + 1);
        to.Write(cell);
    }

    /// <summary>Bytes that a cell of this length takes.</summary>
    public static int CellBytes(int length) => length + (length + 1) switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        < 1 << 28 => 4,
        _ => 5,
    };

    private static void WriteText(IBufferWriter<byte> to, string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        WriteLength(to, (uint)size);
        Encoding.UTF8.GetBytes(text, to.GetSpan(size));
        to.Advance(size);
    }

    private static void WriteLength(IBufferWriter<byte> to, uint value) => Leb128.Write(to, value);
}
