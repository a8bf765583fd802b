using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;
using Outrider.MySql.Transport;

namespace Outrider.MySql.Client;

/// <summary>
/// The connection phase: greeting, TLS, login.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html
/// </summary>
internal sealed class ClientHandshake(ClientConnection connection, ClientOptions options)
{
    private const Capabilities Wanted =
        Capabilities.LongPassword | Capabilities.LongFlag | Capabilities.Protocol41 | Capabilities.Transactions
        | Capabilities.SecureConnection | Capabilities.PluginAuth | Capabilities.ConnectAttributes
        | Capabilities.PluginAuthLengthEncoded | Capabilities.DeprecateEof;

    private const Capabilities Needed = Capabilities.Protocol41 | Capabilities.SecureConnection;

    /// <summary>Nothing before the login is longer than this, so nothing longer is read from a peer that isn't known yet.</summary>
    private const int MaxPacketBytes = 64 * 1024;

    /// <summary>More turns than any login takes.</summary>
    private const int MaxTurns = 8;

    /// <summary>Logs in. Returns the server's greeting and the capabilities both sides use.</summary>
    public async Task<(InitialHandshakePayload Greeting, Capabilities Capabilities)> RunAsync(CancellationToken cancellationToken)
    {
        var cap = connection.MaxPacketBytes;
        connection.MaxPacketBytes = Math.Min(cap, MaxPacketBytes);
        var greeting = ReadGreeting((await connection.ReadAsync(cancellationToken)).Span);
        var capabilities = Negotiate(greeting);
        if (capabilities.HasFlag(Capabilities.Tls))
            await StartTlsAsync(capabilities, cancellationToken);
        await LogInAsync(greeting, capabilities, cancellationToken);
        connection.MaxPacketBytes = cap;
        return (greeting, capabilities);
    }

    private static InitialHandshakePayload ReadGreeting(ReadOnlySpan<byte> payload)
    {
        if (ErrPayload.TryRead(payload, out var error))
            throw error.ToException();
        if (!InitialHandshakePayload.TryRead(payload, out var greeting))
            throw new MySqlProtocolException("The peer's greeting isn't that of a MySQL server (protocol version 10).");
        if ((greeting.Capabilities & Needed) != Needed)
            throw new MySqlProtocolException("The server is older than MySQL 4.1, which isn't supported.");
        return greeting;
    }

    private Capabilities Negotiate(InitialHandshakePayload greeting)
    {
        var offersTls = greeting.Capabilities.HasFlag(Capabilities.Tls);
        if (!offersTls && options.Tls is TlsMode.Required or TlsMode.VerifyFull)
            throw new MySqlConnectionException("The server doesn't offer TLS, and TLS is required for this connection.");
        var wanted = Wanted;
        if (options.Tls != TlsMode.Disabled)
            wanted |= Capabilities.Tls;
        if (!string.IsNullOrEmpty(options.Database))
            wanted |= Capabilities.ConnectWithDatabase;
        return wanted & greeting.Capabilities;
    }

    private async Task StartTlsAsync(Capabilities capabilities, CancellationToken cancellationToken)
    {
        var request = new TlsRequestPayload { Capabilities = capabilities, MaxPacketBytes = (uint)options.MaxPacketBytes };
        // Bytes that came before TLS would be taken as if they had come through it.
        if (connection.HasBufferedBytes)
            throw new MySqlProtocolException("The server sent more than its greeting before TLS.");
        await connection.SendAsync(request.Write, cancellationToken);
        await connection.Transport.StartTlsAsync(ClientTls.OptionsFor(options), cancellationToken);
    }

    private async Task LogInAsync(InitialHandshakePayload greeting, Capabilities capabilities, CancellationToken cancellationToken)
    {
        // An unknown plugin is the server's default, not yet this user's: begin with one we know and let the server switch.
        var plugin = ClientAuthentication.IsSupported(greeting.AuthenticationPlugin)
            && greeting.AuthenticationPlugin != AuthenticationPlugins.ClearPassword
                ? greeting.AuthenticationPlugin : AuthenticationPlugins.NativePassword;
        var authentication = Authentication(plugin, greeting.Nonce);
        var response = new HandshakeResponsePayload
        {
            Capabilities = capabilities,
            MaxPacketBytes = (uint)options.MaxPacketBytes,
            User = options.User,
            AuthenticationResponse = authentication.Answer(),
            Database = options.Database,
            AuthenticationPlugin = plugin,
            ProgramName = options.ProgramName,
        };
        await connection.SendAsync(response.Write, cancellationToken);

        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var payload = await connection.ReadAsync(cancellationToken);
            if (IsDone(payload.Span))
                return;
            var answer = Next(payload.Span, ref authentication);
            if (answer is not null)
                await connection.SendAsync(writer => writer.WriteBytes(answer), cancellationToken);
        }
        throw new MySqlProtocolException($"The login took more than {MaxTurns} turns.");
    }

    private static bool IsDone(ReadOnlySpan<byte> payload)
    {
        if (ErrPayload.TryRead(payload, out var error))
            throw error.ToException();
        return payload is [PacketHeaders.Ok, ..] && OkPayload.TryRead(payload, out _);
    }

    private byte[]? Next(ReadOnlySpan<byte> payload, ref ClientAuthentication authentication)
    {
        if (payload is [PacketHeaders.AuthMoreData, ..])
            return authentication.Continue(payload[1..]);
        if (!AuthenticationSwitchPayload.TryRead(payload, out var change))
            throw new MySqlProtocolException("The server sent a malformed packet during the login.");
        authentication = Authentication(change.Plugin, change.Nonce);
        return authentication.Answer();
    }

    private ClientAuthentication Authentication(string plugin, byte[] nonce) => new(options, plugin, nonce, connection.Transport.IsTls);
}
