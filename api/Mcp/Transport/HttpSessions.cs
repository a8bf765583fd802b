using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Mcp.Transport;

/// <summary>The sessions of this process: bounded, each found by its owner only, pruned when idle.</summary>
internal sealed class HttpSessions : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly McpOptions _options;
    private readonly TimeProvider _time;
    private readonly McpMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ITimer _pruning;

    public HttpSessions(IOptions<McpOptions> options, TimeProvider time, McpMetrics metrics, ILogger<HttpSessions> logger)
    {
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        var period = TimeSpan.FromTicks(Math.Max(_options.SessionIdle.Ticks / 10, TimeSpan.TicksPerSecond));
        _pruning = time.CreateTimer(_ => Prune(), null, period, period);
    }

    /// <summary>
    /// Opens a session that is in use until <see cref="Leave"/>. A credential that has all its sessions loses the one that is idle for
    /// longest; when there is none idle, or the process has no room, the client is told to come again.
    /// </summary>
    public (HttpSession? Session, Refusal? Refusal) Open(Caller owner, Func<string, HttpSession> create)
    {
        HttpSession? evicted;
        HttpSession session;
        lock (_lock)
        {
            var own = _sessions.Values.Where(one => one.BelongsTo(owner)).ToList();
            evicted = null;
            if (own.Count >= _options.MaxSessionsPerCredential || _sessions.Count >= _options.MaxSessions)
            {
                evicted = own.Where(one => one.InUse == 0).MinBy(one => one.LastUsed);
                if (evicted is null)
                    return (null, own.Count >= _options.MaxSessionsPerCredential ? OwnFull() : Full());
                Remove(evicted);
            }
            session = create(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
            session.InUse = 1;
            _sessions.Add(session.Id, session);
            _metrics.SessionOpened();
        }
        if (evicted is not null)
            _ = EndAsync(evicted);
        return (session, null);
    }

    /// <summary>The caller's session of this id, in use until <see cref="Leave"/>; null also when it is somebody else's.</summary>
    public HttpSession? Enter(string id, Caller caller)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var session) || !session.BelongsTo(caller))
                return null;
            session.InUse++;
            return session;
        }
    }

    public void Leave(HttpSession session)
    {
        lock (_lock)
        {
            session.InUse--;
            session.LastUsed = _time.GetTimestamp();
        }
    }

    public async Task CloseAsync(HttpSession session)
    {
        lock (_lock)
            Remove(session);
        await session.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _pruning.DisposeAsync();
        List<HttpSession> all;
        lock (_lock)
        {
            all = [.. _sessions.Values];
            all.ForEach(Remove);
        }
        await Task.WhenAll(all.Select(EndAsync));
    }

    private void Prune()
    {
        List<HttpSession> idle;
        lock (_lock)
        {
            idle = [.. _sessions.Values.Where(one => one.InUse == 0 && _time.GetElapsedTime(one.LastUsed) >= _options.SessionIdle)];
            idle.ForEach(Remove);
        }
        idle.ForEach(one => _ = EndAsync(one));
    }

    /// <summary>Under the lock.</summary>
    private void Remove(HttpSession session)
    {
        if (_sessions.Remove(session.Id))
            _metrics.SessionClosed();
    }

    private async Task EndAsync(HttpSession session)
    {
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception e)
        {
            _logger.LogWarning(e, "An MCP session of tenant {Tenant} did not end cleanly", session.Owner.Tenant);
        }
    }

    private static Refusal OwnFull() =>
        new(StatusCodes.Status429TooManyRequests, Refusal.Circumstance,
            "This credential has all the sessions it may have, and each is in use. End one with DELETE, or call without a session.")
        { RetryAfterSeconds = 30 };

    private static Refusal Full() =>
        new(StatusCodes.Status503ServiceUnavailable, Refusal.Circumstance,
            "This server has no room for another session. Call without a session, or try again later.")
        { RetryAfterSeconds = 30 };
}
