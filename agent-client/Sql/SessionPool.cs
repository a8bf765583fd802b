using System.Diagnostics.CodeAnalysis;
using Outrider.MySql;
using Outrider.MySql.Client;

namespace Outrider.Agent.Sql;

/// <summary>
/// At most so many logins at once, kept for the next statement or task.
/// </summary>
/// <param name="options">How to log in.</param>
/// <param name="connections">Most sessions at once.</param>
/// <param name="time">All time.</param>
/// <param name="life">How sessions begin, and how long they are kept; null: as the guard's read-only statements need it.</param>
internal sealed class SessionPool(ClientOptions options, int connections, TimeProvider time, SessionLife? life = null) : IAsyncDisposable
{
    private static readonly TimeSpan s_trustedIdle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_goodbyeTimeout = TimeSpan.FromSeconds(5);

    private readonly SessionLife _life = life ?? SessionLife.Guarded;
    [SuppressMessage("Usage", "CA2213", Justification = "Sessions may come back later, and without a wait handle it holds nothing.")]
    private readonly SemaphoreSlim _free = new(connections);
    private readonly Lock _lock = new();
    private readonly Stack<(ClientSession Session, long Since)> _idle = [];
    private readonly Dictionary<ClientSession, long> _opened = [];
    private bool _isDisposed;

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
                await CloseAsync(idle.Session);
            }
            return await OpenAsync(cancellation);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>
    /// Takes a session back. One that still has rows under way, or was left in the middle, is killed on the server and closed; so is one
    /// whose time is over.
    /// </summary>
    public async ValueTask ReturnAsync(ClientSession session)
    {
        if (session.State is ClientSessionState.Broken or ClientSessionState.Reading)
            await KillAsync(session);
        if (session.State != ClientSessionState.Ready || !await IsCleanAsync(session) || !Keep(session))
            await CloseAsync(session);
        _free.Release();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _isDisposed = true;
        while (Pop() is { } idle)
            await CloseAsync(idle.Session);
    }

    private bool Keep(ClientSession session)
    {
        lock (_lock)
        {
            if (_isDisposed || _idle.Count >= _life.MaxIdle || time.GetElapsedTime(_opened[session]) > _life.Total)
                return false;
            _idle.Push((session, time.GetTimestamp()));
            return true;
        }
    }

    private async ValueTask CloseAsync(ClientSession session)
    {
        lock (_lock)
            _opened.Remove(session);
        await session.DisposeAsync();
    }

    private async Task KillAsync(ClientSession session)
    {
        using var timeout = new CancellationTokenSource(s_goodbyeTimeout, time);
        try
        {
            await ClientSession.KillQueryAsync(options, session.ConnectionId, timeout.Token);
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException)
        {
            // Closing the connection, which follows, ends it too, only later.
        }
    }

    /// <summary>Forgets what the last user left in the session, where that may be anything. False: the server can't.</summary>
    private async Task<bool> IsCleanAsync(ClientSession session)
    {
        if (!_life.Resets)
            return true;
        using var timeout = new CancellationTokenSource(s_goodbyeTimeout, time);
        try
        {
            await session.ResetAsync(timeout.Token);
            return true;
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException)
        {
            return false;
        }
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
        if (idle > _life.Idle)
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
            if (_life.Opening is not null)
                await using (await session.QueryAsync(_life.Opening, cancellation)) { }
        }
        catch (MySqlServerException)
        {
            // Not every server knows what it is asked.
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        lock (_lock)
            _opened[session] = time.GetTimestamp();
        return session;
    }
}
