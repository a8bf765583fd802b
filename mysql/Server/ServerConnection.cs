using Outrider.MySql.Framing;
using Outrider.MySql.Payloads;
using Outrider.MySql.Transport;

namespace Outrider.MySql.Server;

/// <summary>Payloads to and from a client: transport, framing and one sequence, put together.</summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    private const int FlushBytes = 32 * 1024;

    private readonly PacketSequence _sequence = new();
    private readonly PacketReader _reader;
    private readonly PacketWriter _writer;
    private readonly PayloadWriter _payload = new();

    public ServerConnection(Stream stream, int maxPacketBytes)
    {
        Transport = new(stream);
        _reader = new(Transport, _sequence, maxPacketBytes);
        _writer = new(Transport, _sequence);
    }

    public ByteTransport Transport { get; }

    public bool ReadsAhead
    {
        get => _reader.ReadsAhead;
        set => _reader.ReadsAhead = value;
    }

    public int MaxPacketBytes
    {
        get => _reader.MaxPacketBytes;
        set => _reader.MaxPacketBytes = value;
    }

    /// <summary>Reads the next payload of the exchange under way.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(cancellationToken);

    /// <summary>Reads the payload that begins a new exchange.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ReadCommandAsync(CancellationToken cancellationToken)
    {
        _sequence.Reset();
        return _reader.ReadAsync(cancellationToken);
    }

    /// <summary>Appends a payload; sends when enough has come together.</summary>
    public ValueTask WriteAsync(Action<PayloadWriter> write, CancellationToken cancellationToken)
    {
        write(_payload.Clear());
        _writer.Write(_payload.Written);
        return _writer.BufferedBytes < FlushBytes ? ValueTask.CompletedTask : _writer.FlushAsync(cancellationToken);
    }

    /// <summary>Sends what has been written.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _writer.FlushAsync(cancellationToken);

    /// <summary>Sends one payload.</summary>
    public async ValueTask SendAsync(Action<PayloadWriter> write, CancellationToken cancellationToken)
    {
        await WriteAsync(write, cancellationToken);
        await _writer.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        _reader.Dispose();
        _writer.Dispose();
    }
}
