using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Server;

/// <summary>One client's conversation with a server, over a stream: login, then command after command until either side ends it.</summary>
public sealed class ServerSession
{
    private readonly Stream _stream;
    private readonly ServerOptions _options;
    private readonly ServerSecrets _secrets;
    private readonly SessionRegistry _registry;
    private readonly IQueryHandler _handler;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _closing;
    private CancellationTokenSource? _running;

    /// <summary>Makes a session; <see cref="RunAsync"/> starts it.</summary>
    public ServerSession(
        Stream stream, ServerOptions options, ServerSecrets secrets, SessionRegistry registry, IQueryHandler handler, TimeProvider time)
    {
        (_stream, _options, _secrets, _registry, _handler, _time) = (stream, options, secrets, registry, handler, time);
        ConnectionId = registry.NextId();
    }

    /// <summary>The number KILL takes.</summary>
    public uint ConnectionId { get; }

    /// <summary>Who logged in; empty before.</summary>
    public string User { get; private set; } = "";

    /// <summary>Database in use, if any.</summary>
    public string? Database { get; set; }

    /// <summary>Whether the login is over and the bytes travel by TLS.</summary>
    public bool IsTls { get; private set; }

    internal Capabilities Capabilities { get; private set; }

    /// <summary>Talks until the client leaves, is killed, or <paramref name="cancellationToken"/> fires. Closes the stream.</summary>
    /// <exception cref="MySqlException">The client broke the protocol or the connection.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var connection = new ServerConnection(_stream, _options.MaxPacketBytes);
        _closing = closing;
        _registry.Add(this);
        try
        {
            if (await LogInAsync(connection, closing.Token))
                await ServeAsync(connection, closing.Token);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // Killed or stopped: the end of a session like another.
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new MySqlConnectionException($"The client's connection was lost: {e.Message}", e);
        }
        finally
        {
            _registry.Remove(this);
            lock (_gate)
                _closing = null;
        }
    }

    /// <summary>Interrupts the running statement, and closes the connection unless told otherwise.</summary>
    internal void Kill(bool queryOnly)
    {
        lock (_gate)
            _ = (queryOnly ? _running : _closing)?.CancelAsync();
    }

    private async Task<bool> LogInAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (_registry.Count > _options.MaxSessions)
            {
                await connection.SendAsync(new ErrPayload(1040, "08004", "Too many connections").Write, either.Token);
                return false;
            }
            var response = await new ServerHandshake(connection, _options, _secrets, ConnectionId).RunAsync(either.Token);
            if (response is null)
                return false;
            (User, Database, Capabilities, IsTls) =
                (response.User, response.Database, response.Capabilities, connection.Transport.IsTls);
            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new MySqlConnectionException($"The client didn't log in within {_options.HandshakeTimeout.TotalSeconds} s.");
        }
    }

    private async Task ServeAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var payload = await connection.ReadCommandAsync(cancellationToken);
            if (!CommandPayload.TryRead(payload.Span, out var command))
                throw new MySqlProtocolException("The client sent an empty command.");
            switch (command.Code)
            {
                case CommandCode.Quit:
                    return;
                case CommandCode.Query:
                    await QueryAsync(connection, command.Text, cancellationToken);
                    break;
                default:
                    await new ServerReplyWriter(connection, Capabilities, cancellationToken).WriteAsync(Run(command), cancellationToken);
                    break;
            }
        }
    }

    private QueryReply Run(CommandPayload command)
    {
        switch (command.Code)
        {
            case CommandCode.Ping or CommandCode.ResetConnection:
                return QueryReply.Done;
            case CommandCode.InitDatabase:
                Database = command.Text;
                return QueryReply.Done;
            default:
                return QueryReply.Failed(1047, "08S01", $"Unknown command {(byte)command.Code}");
        }
    }

    private async Task QueryAsync(ServerConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
            _running = running;
        try
        {
            var writer = new ServerReplyWriter(connection, Capabilities, cancellationToken);
            try
            {
                var reply = KillStatement.TryParse(sql, out var kill) ? Run(kill) : await _handler.HandleAsync(sql, this, running.Token);
                await writer.WriteAsync(reply, running.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && running.IsCancellationRequested)
            {
                await writer.WriteAsync(QueryReply.Failed(1317, "70100", "Query execution was interrupted"), cancellationToken);
            }
        }
        finally
        {
            lock (_gate)
                _running = null;
        }
    }

    private QueryReply Run(KillStatement kill) => _registry.Kill(kill, User) switch
    {
        KillOutcome.Done => QueryReply.Done,
        KillOutcome.NotOwner => QueryReply.Failed(1095, "HY000", $"You are not owner of thread {kill.ConnectionId}"),
        _ => QueryReply.Failed(1094, "HY000", $"Unknown thread id: {kill.ConnectionId}"),
    };
}
