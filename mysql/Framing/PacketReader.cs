using Outrider.MySql.Transport;

namespace Outrider.MySql.Framing;

/// <summary>
/// Cuts the incoming bytes into payloads. One buffer is kept, as large as the largest payload seen lately; it grows with the bytes that
/// have arrived, never with what a header merely announces.
/// </summary>
public sealed class PacketReader(ByteTransport transport, PacketSequence sequence, int maxPacketBytes) : IDisposable
{
    private const int InitialBytes = 16 * 1024;

    private readonly PooledBuffer _buffer = new(InitialBytes);
    private int _start;
    private int _end;

    /// <summary>Largest payload that is read, in bytes. A larger one is an error before anything is allocated for it.</summary>
    public int MaxPacketBytes { get; set; } = maxPacketBytes;

    /// <summary>
    /// Whether to read as much as is there. Off while the peer may go over to TLS: what follows its request belongs to the TLS stream.
    /// </summary>
    public bool ReadsAhead { get; set; } = true;

    /// <summary>Whether bytes have arrived that no packet has taken yet.</summary>
    public bool HasBufferedBytes => _end > _start;

    /// <summary>Reads one payload. The memory is valid until the next read.</summary>
    /// <exception cref="MySqlConnectionException">The peer closed the connection.</exception>
    /// <exception cref="MySqlProtocolException">The sequence id is out of order.</exception>
    /// <exception cref="MySqlPacketTooLargeException">The payload is beyond the cap.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_buffer.TryShrink(_start, _end))
            (_start, _end) = (0, _end - _start);

        var length = 0;
        int frame;
        do
        {
            await FillAsync(length + PacketFrame.HeaderBytes, cancellationToken);
            frame = TakeHeader(length);
            await FillAsync(length + frame, cancellationToken);
            length += frame;
        }
        while (frame == PacketFrame.MaxPayloadBytes);

        var payload = _buffer.Array.AsMemory(_start, length);
        _start += length;
        return payload;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    /// <summary>Reads the header that follows <paramref name="before"/> payload bytes and cuts it out, so that split payloads lie in one piece.</summary>
    private int TakeHeader(int before)
    {
        var rest = _buffer.Array.AsSpan(_start + before, _end - _start - before);
        var frame = rest[0] | rest[1] << 8 | rest[2] << 16;
        if (frame > MaxPacketBytes - before)
            throw new MySqlPacketTooLargeException(MaxPacketBytes);
        var (expected, actual) = (sequence.Take(), rest[3]);
        if (actual != expected)
            throw new MySqlProtocolException($"Packet with sequence id {actual} where {expected} was due. Is this port a MySQL server?");

        if (before == 0)
        {
            _start += PacketFrame.HeaderBytes;
        }
        else
        {
            rest[PacketFrame.HeaderBytes..].CopyTo(rest);
            _end -= PacketFrame.HeaderBytes;
        }
        return frame;
    }

    /// <summary>Waits until <paramref name="count"/> bytes are buffered.</summary>
    private async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_start == _end)
            _start = _end = 0;
        while (_end - _start < count)
        {
            MakeRoom(count);
            var room = ReadsAhead ? _buffer.Capacity - _end : _start + count - _end;
            var read = await transport.ReadAsync(_buffer.Array.AsMemory(_end, Math.Min(room, _buffer.Capacity - _end)), cancellationToken);
            if (read == 0)
                throw new MySqlConnectionException("The peer closed the connection.");
            _end += read;
        }
    }

    private void MakeRoom(int count)
    {
        if (_end < _buffer.Capacity && _start + count <= _buffer.Capacity)
            return;
        var isFull = _end - _start == _buffer.Capacity;
        var capacity = isFull ? Math.Min(count, 2 * _buffer.Capacity) : _buffer.Capacity;
        _buffer.Reshape(capacity, _start, _end);
        (_start, _end) = (0, _end - _start);
    }
}
