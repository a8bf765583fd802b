using Outrider.MySql;
using Outrider.MySql.Client;

namespace Outrider.Agent.Sql;

/// <summary>
/// At most so many logins at once, kept for the next statement. Only statements that the guard lets through run on them, and those leave
/// no session state, so a session needs no reset between two.
/// </summary>
internal sealed class SessionPool(ClientOptions options, int connections, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan s_idleLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_trustedIdle = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _free = new(connections);
    private readonly Lock _lock = new();
    private readonly Stack<(ClientSession Session, long Since)> _idle = [];

    public ClientOptions Options => options;

    /// <summary>
    /// A ready session, once there is one; give it back with <see cref="ReturnAsync"/>. Throws as <see cref="ClientSession.ConnectAsync(ClientOptions, CancellationToken)"/>.
    /// </summary>
    public async Task<ClientSession> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            while (Pop() is { } idle)
            {
                if (await IsAliveAsync(idle.Session, idle.Since, cancellation))
                    return idle.Session;
                await idle.Session.DisposeAsync();
            }
            return await OpenAsync(cancellation);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Takes a session back; one that isn't ready is closed.</summary>
    public async ValueTask ReturnAsync(ClientSession session)
    {
        if (session.State == ClientSessionState.Ready)
        {
            lock (_lock)
                _idle.Push((session, time.GetTimestamp()));
        }
        else
        {
            await session.DisposeAsync();
        }
        _free.Release();
    }

    public async ValueTask DisposeAsync()
    {
        while (Pop() is { } idle)
            await idle.Session.DisposeAsync();
        _free.Dispose();
    }

    private (ClientSession Session, long Since)? Pop()
    {
        lock (_lock)
            return _idle.TryPop(out var idle) ? idle : null;
    }

    private async Task<bool> IsAliveAsync(ClientSession session, long since, CancellationToken cancellation)
    {
        var idle = time.GetElapsedTime(since);
        if (idle < s_trustedIdle)
            return true;
        if (idle > s_idleLife)
            return false;
        try
        {
            await session.PingAsync(cancellation);
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    private async Task<ClientSession> OpenAsync(CancellationToken cancellation)
    {
        var session = await ClientSession.ConnectAsync(options, time, cancellation);
        try
        {
            // A statement must not outlive an agent that was killed and so can't kill it: StarRocks' own limit, in seconds.
            await using var result = await session.QueryAsync("SET query_timeout = 60", cancellation);
        }
        catch (MySqlServerException)
        {
            // MySQL and MariaDB don't know the variable; they notice the closed connection.
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        return session;
    }
}
