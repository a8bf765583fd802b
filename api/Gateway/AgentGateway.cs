using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Gateway;

/// <summary>Takes the sockets that agents dial, within its bounds, and closes them when the centre stops.</summary>
public sealed class AgentGateway : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly GatewayContext _context;
    private readonly RegistrationLimiter _limiter;
    private readonly LinkPlaces _places;
    private readonly ConcurrentDictionary<LinkSession, bool> _links = [];
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _stopping;
    private volatile bool _stopped;

    public AgentGateway(GatewayContext context, IHostApplicationLifetime lifetime)
    {
        _context = context;
        _limiter = new RegistrationLimiter(context.Options.FailedRegistrationsPerMinute);
        _places = new LinkPlaces(context.Options.MaxLinks, context.Options.MaxUnregistered);
        _timer = context.Time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
        // Before the server stops: it waits for its open connections.
        _stopping = lifetime.ApplicationStopping.Register(Stop);
    }

    /// <summary>Sockets now, registered or not.</summary>
    public int Links => _links.Count;

    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
    }

    /// <summary>Serves one request for a link, until the link is over.</summary>
    internal async Task HandleAsync(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (Check(http, remote) is { } refused)
        {
            await RefuseAsync(http, refused.Status, refused.Problem);
            return;
        }
        using var place = _places.TryTake();
        if (place is null)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable,
                new(ProblemCodes.Unavailable, "The gateway has as many links as it allows.") { RetryAfterSeconds = 30 });
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = LinkProtocol.SubProtocol,
            // The link has its own heartbeat.
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousEnableCompression = true,
            // Keeps no window of either direction between messages, which would cost an idle link some 300 KB. Credentials are sent
            // uncompressed, so that nothing can be learnt of them from sizes.
            DisableServerContextTakeover = true,
        });
        await ServeAsync(socket, place, remote, http.Connection.RemotePort);
        // A peer that takes nothing would keep the connection, with all that is still to be sent, for as long as it likes.
        if (socket.State != WebSocketState.Closed)
            http.Abort();
    }

    private async Task ServeAsync(WebSocket socket, LinkPlaces.Place place, IPAddress remote, int port)
    {
        using var session = new LinkSession(_context, socket, string.Create(CultureInfo.InvariantCulture, $"{remote}:{port}"), place.Registered);
        _links[session] = true;
        if (_stopped)
            session.BeginClose(Stopping());
        try
        {
            await session.ServeAsync();
        }
        finally
        {
            _links.TryRemove(session, out _);
            if (!session.Registered && !session.Blameless)
                _limiter.Failed(remote, _context.Time.GetUtcNow());
        }
    }

    private (int Status, Problem Problem)? Check(HttpContext http, IPAddress remote)
    {
        if (_stopped)
            return (StatusCodes.Status503ServiceUnavailable, Stopping());
        if (!http.WebSockets.IsWebSocketRequest)
            return (StatusCodes.Status400BadRequest, new(ProblemCodes.InvalidArgument, "Agents dial this address as a WebSocket."));
        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(LinkProtocol.SubProtocol))
            return (StatusCodes.Status400BadRequest, new(ProblemCodes.ProtocolVersion, $"Ask for the sub-protocol '{LinkProtocol.SubProtocol}'."));
        if (_limiter.Wait(remote, _context.Time.GetUtcNow()) is { } wait)
        {
            return (StatusCodes.Status429TooManyRequests,
                new(ProblemCodes.RateLimited, "Too many registrations from this address have failed.") { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) });
        }
        return null;
    }

    private async Task RefuseAsync(HttpContext http, int status, Problem problem)
    {
        _context.Metrics.Error(problem.Code);
        http.Response.StatusCode = status;
        if (problem.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsJsonAsync(
            new { title = problem.Message, status, code = problem.Code }, options: null, "application/problem+json", http.RequestAborted);
    }

    private void Tick()
    {
        var now = _context.Time.GetUtcNow();
        foreach (var (link, _) in _links)
            link.Tick(now);
    }

    private void Stop()
    {
        _stopped = true;
        foreach (var (link, _) in _links)
            link.BeginClose(Stopping());
    }

    private static Problem Stopping() => new(ProblemCodes.Unavailable, "The centre stops or restarts; dial again.") { RetryAfterSeconds = 2 };
}
