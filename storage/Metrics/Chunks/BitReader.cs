using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>Reads what <see cref="BitWriter"/> wrote. Behind the end it reads zeros; <see cref="End"/> tells.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Bits that <see cref="Peek"/> always gives.</summary>
    public const int Peeked = 57;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _position;

    /// <summary>The next 57 bits or more, the lowest first; what is above them is not to be used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Peek()
    {
        var at = (int)(_position >> 3);
        var word = at <= _bytes.Length - sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(_bytes[at..]) : Tail(at);
        return word >> (int)(_position & 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits) => _position += bits;

    /// <summary>Reads up to 64 bits.</summary>
    public ulong Read(int count)
    {
        if (count > Peeked)
        {
            var low = Read(32);
            return low | Read(count - 32) << 32;
        }
        var value = Peek() & (1UL << count) - 1;
        _position += count;
        return value;
    }

    /// <summary>Refuses bits that end in the middle, and whole bytes that are left.</summary>
    public readonly void End()
    {
        if ((_position + 7) / 8 != _bytes.Length)
            throw new FormatException("A column ends in the middle, or goes on behind its end.");
    }

    private readonly ulong Tail(int at)
    {
        ulong word = 0;
        for (var i = 0; i < sizeof(ulong) && at + i < _bytes.Length; i++)
            word |= (ulong)_bytes[at + i] << 8 * i;
        return word;
    }
}
