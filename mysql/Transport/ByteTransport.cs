using System.Net.Security;
using System.Security.Authentication;

namespace Outrider.MySql.Transport;

/// <summary>Bytes to and from the peer: a stream that can be swapped for a TLS stream once, in the middle of the conversation.</summary>
public sealed class ByteTransport(Stream stream) : IAsyncDisposable
{
    private Stream _stream = stream;

    /// <summary>Whether TLS is on.</summary>
    public bool IsTls { get; private set; }

    /// <summary>Reads what is there, at least one byte; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _stream.ReadAsync(buffer, cancellationToken);

    /// <summary>Writes all bytes and flushes.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    /// <summary>Swaps to TLS as the client.</summary>
    /// <exception cref="MySqlConnectionException">The TLS handshake failed.</exception>
    public Task StartTlsAsync(SslClientAuthenticationOptions options, CancellationToken cancellationToken) =>
        SwapAsync(tls => tls.AuthenticateAsClientAsync(options, cancellationToken));

    /// <summary>Swaps to TLS as the server.</summary>
    /// <exception cref="MySqlConnectionException">The TLS handshake failed.</exception>
    public Task StartTlsAsync(SslServerAuthenticationOptions options, CancellationToken cancellationToken) =>
        SwapAsync(tls => tls.AuthenticateAsServerAsync(options, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task SwapAsync(Func<SslStream, Task> authenticate)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        try
        {
            await authenticate(tls);
        }
        catch (AuthenticationException e)
        {
            throw new MySqlConnectionException($"The TLS handshake failed: {e.Message}", e);
        }
        IsTls = true;
    }
}
