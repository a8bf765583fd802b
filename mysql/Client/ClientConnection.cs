using Outrider.MySql.Framing;
using Outrider.MySql.Payloads;
using Outrider.MySql.Transport;

namespace Outrider.MySql.Client;

/// <summary>Payloads to and from a server: transport, framing and one sequence, put together.</summary>
internal sealed class ClientConnection : IAsyncDisposable
{
    private readonly PacketSequence _sequence = new();
    private readonly PacketReader _reader;
    private readonly PacketWriter _writer;
    private readonly PayloadWriter _payload = new();

    public ClientConnection(Stream stream, int maxPacketBytes)
    {
        Transport = new(stream);
        _reader = new(Transport, _sequence, maxPacketBytes);
        _writer = new(Transport, _sequence);
    }

    public ByteTransport Transport { get; }

    /// <summary>Whether bytes arrived that nobody asked for.</summary>
    public bool HasBufferedBytes => _reader.HasBufferedBytes;

    public int MaxPacketBytes
    {
        get => _reader.MaxPacketBytes;
        set => _reader.MaxPacketBytes = value;
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(cancellationToken);

    public ValueTask SendAsync(Action<PayloadWriter> write, CancellationToken cancellationToken)
    {
        write(_payload.Clear());
        _writer.Write(_payload.Written);
        return _writer.FlushAsync(cancellationToken);
    }

    public ValueTask SendCommandAsync(CommandPayload command, CancellationToken cancellationToken)
    {
        _sequence.Reset();
        return SendAsync(command.Write, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        _reader.Dispose();
        _writer.Dispose();
    }
}
