using System.Buffers.Binary;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>Writes bits, the lowest first, into a buffer that grows.</summary>
internal sealed class BitWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;
    private ulong _bits;
    private int _count;

    public void Clear()
    {
        _length = 0;
        _bits = 0;
        _count = 0;
    }

    /// <summary>Writes the lowest <paramref name="count"/> bits (0 to 64); those above must be 0.</summary>
    public void Write(ulong value, int count)
    {
        _bits |= value << _count;
        _count += count;
        if (_count < 64)
            return;
        if (_buffer.Length - _length < sizeof(ulong))
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), _bits);
        _length += sizeof(ulong);
        _count -= 64;
        // What didn't fit; a shift by 64 would do nothing.
        _bits = _count == 0 ? 0 : value >> count - _count;
    }

    /// <summary>Everything written, filled up with zeros to whole bytes. Valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        for (; _count > 0; _count -= 8, _bits >>= 8)
        {
            if (_length == _buffer.Length)
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            _buffer[_length++] = (byte)_bits;
        }
        _count = 0;
        return _buffer.AsSpan(0, _length);
    }
}
