using System.Text;
using Outrider.Protocol.Binary;

namespace Outrider.Protocol.Rows;

/// <summary>Reads what <see cref="RowSetWriter"/> wrote, without copying a cell. Throws <see cref="FormatException"/> on anything else.</summary>
public ref struct RowSetReader
{
    /// <summary>More columns than this are refused before they are allocated.</summary>
    public const int MaxColumns = 4096;

    private ReadOnlySpan<byte> _rest;

    public RowSetReader(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
        if (Byte() != RowSetWriter.Version)
            throw new FormatException("Unknown row-set version.");
        var count = Length();
        if (count > MaxColumns)
            throw new FormatException($"A row set of {count} columns; at most {MaxColumns} are read.");
        var columns = new RowSetColumn[count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new RowSetColumn(Text(), (ColumnKind)Byte(), Text());
        Columns = columns;
    }

    /// <summary>Goes on where another reader stopped, with <see cref="Remaining"/> bytes left.</summary>
    public RowSetReader(ReadOnlySpan<byte> rest, IReadOnlyList<RowSetColumn> columns)
    {
        _rest = rest;
        Columns = columns;
    }

    public IReadOnlyList<RowSetColumn> Columns { get; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Whether another cell follows. Rows have as many cells as there are columns.</summary>
    public readonly bool HasMore => !_rest.IsEmpty;

    /// <summary>Reads the next cell. False: it is NULL.</summary>
    public bool TryReadCell(out ReadOnlySpan<byte> cell)
    {
        var length = Length();
        cell = length == 0 ? default : Take(length - 1);
        return length != 0;
    }

    private string Text() => Encoding.UTF8.GetString(Take(Length()));

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)_rest.Length)
            throw new FormatException("The row set ends in the middle.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private uint Length() =>
        Leb128.TryRead(ref _rest, out var value) && value <= uint.MaxValue
            ? (uint)value
            : throw new FormatException("A length that ends in the middle or has more than 32 bits.");
}
