using System.Buffers.Binary;
using Outrider.MySql.Transport;

namespace Outrider.MySql.Framing;

/// <summary>Wraps payloads into packets and sends them in few writes.</summary>
public sealed class PacketWriter(ByteTransport transport, PacketSequence sequence) : IDisposable
{
    private const int InitialBytes = 4 * 1024;

    private readonly PooledBuffer _buffer = new(InitialBytes);

    /// <summary>Bytes waiting for a flush.</summary>
    public int BufferedBytes { get; private set; }

    /// <summary>Appends a payload, split where it is too long for one packet.</summary>
    public void Write(ReadOnlySpan<byte> payload)
    {
        int frame;
        do
        {
            frame = Math.Min(payload.Length, PacketFrame.MaxPayloadBytes);
            var target = Take(PacketFrame.HeaderBytes + frame);
            BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)frame | (uint)sequence.Take() << 24);
            payload[..frame].CopyTo(target[PacketFrame.HeaderBytes..]);
            payload = payload[frame..];
        }
        while (frame == PacketFrame.MaxPayloadBytes);
    }

    /// <summary>Sends what has been written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await transport.WriteAsync(_buffer.Array.AsMemory(0, BufferedBytes), cancellationToken);
        BufferedBytes = 0;
        _buffer.TryShrink(0, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private Span<byte> Take(int count)
    {
        var end = BufferedBytes + count;
        if (end > _buffer.Capacity)
            _buffer.Reshape(Math.Max(end, Math.Min(2 * _buffer.Capacity, 1 << 20)), 0, BufferedBytes);
        var span = _buffer.Array.AsSpan(BufferedBytes, count);
        BufferedBytes = end;
        return span;
    }
}
