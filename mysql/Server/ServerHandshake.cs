using System.Net.Security;
using System.Security.Cryptography;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Server;

/// <summary>The connection phase, from the server's side: greeting, TLS, login.</summary>
internal sealed class ServerHandshake(ServerConnection connection, ServerOptions options, ServerSecrets secrets, uint connectionId)
{
    private const Capabilities Offered =
        Capabilities.LongPassword | Capabilities.LongFlag | Capabilities.ConnectWithDatabase | Capabilities.Protocol41
        | Capabilities.Transactions | Capabilities.SecureConnection | Capabilities.PluginAuth | Capabilities.ConnectAttributes
        | Capabilities.PluginAuthLengthEncoded;

    private const int MaxPacketBytes = 64 * 1024;

    /// <summary>Greets and logs in. Null when the login was refused, after telling the client why.</summary>
    /// <exception cref="MySqlProtocolException">The client doesn't speak the protocol.</exception>
    public async Task<HandshakeResponsePayload?> RunAsync(CancellationToken cancellationToken)
    {
        var cap = connection.MaxPacketBytes;
        connection.MaxPacketBytes = Math.Min(cap, MaxPacketBytes);
        connection.ReadsAhead = false;
        var greeting = Greeting();
        await connection.SendAsync(greeting.Write, cancellationToken);
        var payload = await connection.ReadAsync(cancellationToken);
        if (options.Certificate is not null && TlsRequestPayload.TryRead(payload.Span, out _))
        {
            await StartTlsAsync(cancellationToken);
            payload = await connection.ReadAsync(cancellationToken);
        }
        if (!HandshakeResponsePayload.TryRead(payload.Span, out var response))
            throw new MySqlProtocolException("The client's login is malformed.");
        response = response with { Capabilities = response.Capabilities & greeting.Capabilities };

        var authentication = new ServerAuthentication(connection, options, secrets);
        if (!await authentication.RunAsync(response, greeting.Nonce, cancellationToken))
        {
            var error = new ErrPayload(1045, "28000", $"Access denied for user '{response.User}' (using password: "
                + (response.AuthenticationResponse.Length == 0 ? "NO)" : "YES)"));
            await connection.SendAsync(error.Write, cancellationToken);
            return null;
        }
        await connection.SendAsync(writer => new OkPayload().Write(writer), cancellationToken);
        connection.MaxPacketBytes = cap;
        connection.ReadsAhead = true;
        return response;
    }

    private InitialHandshakePayload Greeting()
    {
        var capabilities = Offered;
        if (options.Certificate is not null)
            capabilities |= Capabilities.Tls;
        if (options.OffersDeprecateEof)
            capabilities |= Capabilities.DeprecateEof;
        return new()
        {
            ServerVersion = options.ServerVersion,
            ConnectionId = connectionId,
            Nonce = Nonce(),
            Capabilities = capabilities,
            AuthenticationPlugin = options.AuthenticationPlugin,
        };
    }

    /// <summary>Printable, because clients cut a nonce at a NUL.</summary>
    private static byte[] Nonce() =>
        RandomNumberGenerator.GetItems<byte>("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8, InitialHandshakePayload.NonceBytes);

    private Task StartTlsAsync(CancellationToken cancellationToken) => connection.Transport.StartTlsAsync(
        new SslServerAuthenticationOptions { ServerCertificate = options.Certificate }, cancellationToken);
}
