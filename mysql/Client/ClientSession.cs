using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Client;

/// <summary>
/// One login at a MySQL-compatible server, by the text protocol: one statement at a time, one result each, rows streamed. Not thread safe.
/// A failure of protocol or connection, and a cancellation in the middle of an exchange, leave it <see cref="ClientSessionState.Broken"/>.
/// </summary>
public sealed class ClientSession : IAsyncDisposable
{
    private readonly ClientConnection _connection;
    private InitialHandshakePayload _greeting = null!;

    private ClientSession(Stream stream, ClientOptions options) => _connection = new(stream, options.MaxPacketBytes);

    /// <summary>What the session can do next.</summary>
    public ClientSessionState State { get; internal set; }

    /// <summary>The number that <see cref="KillQueryAsync"/> takes.</summary>
    public uint ConnectionId => _greeting.ConnectionId;

    /// <summary>E.g. 8.0.33 or 5.5.5-10.11.6-MariaDB.</summary>
    public string ServerVersion => _greeting.ServerVersion;

    /// <summary>Whether the bytes travel by TLS.</summary>
    public bool IsTls => _connection.Transport.IsTls;

    /// <summary>Capabilities that both sides use.</summary>
    public Capabilities Capabilities { get; private set; }

    internal ClientConnection Connection => _connection;

    /// <inheritdoc cref="ConnectAsync(ClientOptions, TimeProvider, CancellationToken)"/>
    public static Task<ClientSession> ConnectAsync(ClientOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(options, TimeProvider.System, cancellationToken);

    /// <summary>Connects and logs in, within the options' connect timeout.</summary>
    /// <exception cref="MySqlConnectionException">Nobody listens, the time is up, or the connection can't be made as secure as asked.</exception>
    /// <exception cref="MySqlServerException">The server refuses the login.</exception>
    /// <exception cref="MySqlProtocolException">The peer doesn't speak the protocol.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The session owns the stream.")]
    public static async Task<ClientSession> ConnectAsync(ClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ConnectAsync(await DialAsync(options, either.Token), options, either.Token);
        }
        catch (SocketException e)
        {
            throw new MySqlConnectionException($"Can't connect to {options.Host}:{options.Port}: {e.Message}.", e);
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new MySqlConnectionException(
                $"No login at {options.Host}:{options.Port} within the connect timeout of {options.ConnectTimeout.TotalSeconds} s.", e);
        }
    }

    /// <summary>Logs in over a stream that is already connected. The session owns the stream, even when the login fails.</summary>
    public static async Task<ClientSession> ConnectAsync(Stream stream, ClientOptions options, CancellationToken cancellationToken)
    {
        var session = new ClientSession(stream, options);
        try
        {
            (session._greeting, session.Capabilities) = await new ClientHandshake(session._connection, options).RunAsync(cancellationToken);
            return session;
        }
        catch (Exception e)
        {
            var failure = session.Break(e);
            await session.DisposeAsync();
            if (ReferenceEquals(failure, e))
                throw;
            throw failure;
        }
    }

    /// <summary>Interrupts what another session runs, through a login of its own.</summary>
    /// <param name="options">The same server and user as the other session's.</param>
    /// <param name="connectionId">The other session's <see cref="ConnectionId"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task KillQueryAsync(ClientOptions options, uint connectionId, CancellationToken cancellationToken)
    {
        await using var session = await ConnectAsync(options, cancellationToken);
        await using var result = await session.QueryAsync($"KILL QUERY {connectionId}", cancellationToken);
    }

    /// <summary>Sends one statement and reads the head of its result. Read the result to its end before the next command.</summary>
    /// <exception cref="MySqlServerException">The server refuses the statement; the session stays ready.</exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        BeginCommand(cancellationToken);
        try
        {
            await _connection.SendCommandAsync(new(CommandCode.Query, sql), cancellationToken);
            return await QueryResult.StartAsync(this, cancellationToken);
        }
        catch (Exception e)
        {
            var failure = Break(e);
            if (ReferenceEquals(failure, e))
                throw;
            throw failure;
        }
    }

    /// <summary>Asks whether the server is there.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => RunAsync(new(CommandCode.Ping), cancellationToken);

    /// <summary>Forgets variables, temporary tables and transactions, and keeps the login.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => RunAsync(new(CommandCode.ResetConnection), cancellationToken);

    /// <summary>Uses another database.</summary>
    public Task UseAsync(string database, CancellationToken cancellationToken) =>
        RunAsync(new(CommandCode.InitDatabase, database), cancellationToken);

    /// <summary>Says goodbye if the session is ready, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (State == ClientSessionState.Closed)
            return;
        var isReady = State == ClientSessionState.Ready;
        State = ClientSessionState.Closed;
        try
        {
            if (isReady)
                await _connection.SendCommandAsync(new(CommandCode.Quit), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server was quicker.
        }
        await _connection.DisposeAsync();
    }

    /// <summary>Marks the session broken unless the server merely said no, and gives the exception to throw for <paramref name="cause"/>.</summary>
    internal Exception Break(Exception cause)
    {
        if (cause is MySqlServerException)
        {
            State = ClientSessionState.Ready;
            return cause;
        }
        State = ClientSessionState.Broken;
        return cause is IOException or SocketException or ObjectDisposedException
            ? new MySqlConnectionException($"The connection was lost: {cause.Message}", cause)
            : cause;
    }

    private static async Task<Stream> DialAsync(ClientOptions options, CancellationToken cancellationToken)
    {
        Socket? socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private async Task RunAsync(CommandPayload command, CancellationToken cancellationToken)
    {
        BeginCommand(cancellationToken);
        try
        {
            await _connection.SendCommandAsync(command, cancellationToken);
            ReadOk((await _connection.ReadAsync(cancellationToken)).Span);
            State = ClientSessionState.Ready;
        }
        catch (Exception e)
        {
            var failure = Break(e);
            if (ReferenceEquals(failure, e))
                throw;
            throw failure;
        }
    }

    private static void ReadOk(ReadOnlySpan<byte> payload)
    {
        if (ErrPayload.TryRead(payload, out var error))
            throw error.ToException();
        // StarRocks and old servers answer some commands with EOF.
        if (!OkPayload.TryRead(payload, out _) && !EofPayload.TryRead(payload, out _))
            throw new MySqlProtocolException("The server's answer to a command is malformed.");
    }

    private void BeginCommand(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (State != ClientSessionState.Ready)
            throw new InvalidOperationException(State switch
            {
                ClientSessionState.Reading => "Read the result to its end before the next command.",
                _ => "The session is broken or closed. Open another.",
            });
        State = ClientSessionState.Reading;
    }
}
