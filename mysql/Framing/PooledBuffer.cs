using System.Buffers;

namespace Outrider.MySql.Framing;

/// <summary>One byte array that grows with its content and is given back. Large arrays stay out of the shared pool, which would keep them.</summary>
internal sealed class PooledBuffer(int initialBytes) : IDisposable
{
    private const int MaxPooledBytes = 1 << 20;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(initialBytes);

    public int Capacity => _array.Length;

    public byte[] Array => _array;

    /// <summary>Makes room for <paramref name="capacity"/> bytes and keeps the range [start, end), moved to the front.</summary>
    public void Reshape(int capacity, int start, int end)
    {
        if (capacity <= _array.Length)
        {
            _array.AsSpan(start, end - start).CopyTo(_array);
            return;
        }
        Replace(capacity, start, end);
    }

    /// <summary>Goes back to a small array when the content, range [start, end), fits one. True when it did.</summary>
    public bool TryShrink(int start, int end)
    {
        if (_array.Length <= 4 * initialBytes || end - start > initialBytes)
            return false;
        Replace(initialBytes, start, end);
        return true;
    }

    public void Dispose() => Replace(0, 0, 0);

    private void Replace(int capacity, int start, int end)
    {
        var old = _array;
        _array = capacity switch
        {
            0 => [],
            <= MaxPooledBytes => ArrayPool<byte>.Shared.Rent(capacity),
            _ => GC.AllocateUninitializedArray<byte>(capacity),
        };
        old.AsSpan(start, end - start).CopyTo(_array);
        if (old.Length is > 0 and <= MaxPooledBytes)
            ArrayPool<byte>.Shared.Return(old);
    }
}
